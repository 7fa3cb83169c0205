using System.Diagnostics;
using Cdam.Explainer.Devices;

namespace Cdam.Explainer.Tests.Devices;

public sealed class DeviceQueueTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(300);
    private readonly QueuePlaces _places = new(8);
    private readonly DeviceQueue _queue;

    public DeviceQueueTests() => _queue = new DeviceQueue(_places, TimeProvider.System);

    public void Dispose() => _places.Dispose();

    [Fact]
    public void TakeBatch_MixedGroups_TakesTheOldestAndItsKin()
    {
        Add("a", "b", "a", "a", "b");
        Assert.Equal(["a", "a"], Take(2));
        Assert.Equal(["b", "b"], Take(4));
        Assert.Equal(["a"], Take(4));
        Assert.Equal(0, _places.InUse);
    }

    [Fact]
    public void TakeBatch_WorkOfSeveralInputs_CountsThemAndRunsAloneWhereItIsTooLarge()
    {
        foreach (var inputs in (int[])[3, 3, 1, 3, 5])
        {
            _queue.Add(new FakeWork("a", 0, _ => [], _places.TryEnter(), inputs: inputs));
        }

        Assert.Equal([3, 1], TakeInputs());
        Assert.Equal([3], TakeInputs());
        Assert.Equal([3], TakeInputs());
        Assert.Equal([5], TakeInputs());

        IEnumerable<int> TakeInputs() => [.. _queue.TakeBatch(4, Window)!.Select(work => work.Inputs)];
    }

    [Fact]
    public void TakeBatch_NobodyOnTheWay_DoesNotWaitForTheWindow()
    {
        Add("a");
        var clock = Stopwatch.StartNew();
        Assert.Equal(["a"], Take(4));
        Assert.True(clock.Elapsed < Window, $"{clock.Elapsed}");
    }

    [Fact]
    public async Task TakeBatch_SomebodyOnTheWay_JoinsWithinTheWindow()
    {
        Add("a");
        var place = _places.TryEnter()!;
        var taking = Task.Run(() => Take(4));
        await Task.Delay(30, TestContext.Current.CancellationToken);
        _queue.Add(new FakeWork("a", 0, _ => [], place));
        Assert.Equal(["a", "a"], await taking);
    }

    [Fact]
    public async Task Add_CancelledLater_LeavesTheQueueAndItsPlaceAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        var work = new FakeWork("a", 0, _ => [], _places.TryEnter(), new CallLifetime(DateTime.MaxValue, cancellation.Token));
        _queue.Add(work);
        await cancellation.CancelAsync();
        Assert.Equal(0, _places.InUse);
        _queue.Close();
        Assert.Null(_queue.TakeBatch(4, Window));
        await Assert.ThrowsAsync<OperationCanceledException>(() => work.Completion);
    }

    [Fact]
    public void TakeBatch_ClosedAndEmpty_IsNull()
    {
        Add("a");
        _queue.Close();
        Assert.Equal(["a"], Take(4));
        Assert.Null(_queue.TakeBatch(4, Window));
    }

    private void Add(params string[] groups)
    {
        foreach (var group in groups)
        {
            _queue.Add(new FakeWork(group, 0, _ => [], _places.TryEnter()));
        }
    }

    private IEnumerable<object> Take(int most) => _queue.TakeBatch(most, Window)!.Select(work => work.Group).ToList();
}
