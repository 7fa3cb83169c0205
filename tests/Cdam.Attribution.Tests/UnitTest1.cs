namespace Cdam.Attribution.Tests;
public sealed class ATests { [Fact] public void X_Y_Z() => Assert.True(true); }
