using Cdam.Attribution.Explanations;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Configuration;

namespace Cdam.Explainer.Tests.Concepts;

public sealed class ConceptCacheTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public void Find_UntilTheAnswerIsOld_CountsFromBeforeItWasAskedFor()
    {
        var cache = new ConceptCache(new ExplainerOptions { ConceptFreshness = TimeSpan.FromSeconds(3) }, _time);
        var asked = _time.GetTimestamp();
        _time.Now += TimeSpan.FromSeconds(1);
        cache.Put("a", Concept("a"), asked);

        _time.Now += TimeSpan.FromSeconds(1.9);
        Assert.Equal("a", cache.Find("a")?.Target.Id);
        _time.Now += TimeSpan.FromSeconds(0.1);
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public void Put_MoreThanTheCapacity_DropsTheOldest()
    {
        var cache = new ConceptCache(new ExplainerOptions(), _time);
        for (var i = 0; i <= ConceptCache.Capacity; i++)
        {
            cache.Put($"{i}", Concept($"{i}"), _time.GetTimestamp());
            _time.Now += TimeSpan.FromMilliseconds(1);
        }

        Assert.Null(cache.Find("0"));
        Assert.All(Enumerable.Range(1, ConceptCache.Capacity), i => Assert.Equal($"{i}", cache.Find($"{i}")?.Target.Id));
    }

    private static KeptConcept Concept(string id) => new(new ConceptTarget(id, [1], Similarity.DotProduct) { Id = id }, "models/m", []);

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
