using Cdam.Attribution.Explanations;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Models;
using Cdam.Explainer.Perturbations;
using Cdam.Explainer.Wire;
using Cdam.V1;

namespace Cdam.Explainer.Streams;

/// <summary>One Predict call.</summary>
internal sealed partial class PredictSession(
    DuplexCall<PredictRequest, PredictResponse> call,
    ModelRegistry registry,
    ConceptFinder concepts,
    DeviceThread device,
    ExplainerOptions options,
    FaultReporter faults,
    ILogger<PredictSession> log)
{
    private readonly PictureShelf _pictures = new(options.MaxPicturesPerStream);
    private ServedModel? _model;
    private PredictionReadout? _readout;
    private int _predictions;

    public async Task RunAsync()
    {
        await call.RunAsync(TakeAsync);
        LogFinished(_model?.Name, _predictions);
    }

    private Task TakeAsync(PredictRequest request) => request.MessageCase switch
    {
        PredictRequest.MessageOneofCase.Setup when _model is null => SetUpAsync(request.Setup),
        PredictRequest.MessageOneofCase.Setup => throw new AttributionException("setup", "is given again; must be the first message only"),
        _ when _model is null => throw new AttributionException("setup", "is absent; must be the first message"),
        PredictRequest.MessageOneofCase.Picture => KeepAsync(request.Picture, _model),
        PredictRequest.MessageOneofCase.Perturbation => PerturbAsync(request.Perturbation, _model),
        PredictRequest.MessageOneofCase.ReleasePictureId => ReleaseAsync(request.ReleasePictureId),
        _ => throw new AttributionException("message", "is not set; must be picture, perturbation or release_picture_id"),
    };

    private async Task SetUpAsync(PredictSetup setup)
    {
        var model = registry.Serve(setup.Model, "setup.model");
        _readout = await PerturbationReader.ReadReadoutAsync(setup, model, concepts, call.Lifetime);
        _model = model;
        var named = _readout.Concepts.Skip(setup.Concepts.Count).Select(ConceptWriter.Write);
        await call.AnswerAsync(new PredictResponse
        {
            Ready = new PredictReady
            {
                Model = model.Name, MaxInFlight = options.MaxInFlightPerStream, MaxPictures = options.MaxPicturesPerStream, Concepts = { named },
            },
        });
    }

    private async Task KeepAsync(PerturbationPicture sent, ServedModel model)
    {
        try
        {
            _pictures.Put(sent.PictureId, PerturbationReader.ReadPicture(sent, model.Engine));
        }
        catch (Exception exception)
        {
            // Not the old one either: its logits would pass for those of the picture that was to replace it.
            _pictures.Remove(sent.PictureId);
            await FailAsync(null, sent.PictureId, exception);
        }
    }

    private async Task ReleaseAsync(int pictureId)
    {
        if (!_pictures.Remove(pictureId))
        {
            await FailAsync(null, pictureId, Unknown("release_picture_id", pictureId));
        }
    }

    private async Task PerturbAsync(Perturbation sent, ServedModel model)
    {
        PerturbedPicture picture;
        PixelRegion region;
        try
        {
            picture = _pictures[sent.PictureId] ?? throw Unknown("perturbation.picture_id", sent.PictureId);
            region = PerturbationReader.ReadRegion(sent, picture);
        }
        catch (Exception exception)
        {
            await FailAsync(sent.PerturbationId, sent.PictureId, exception);
            return;
        }

        var failure = new OnceFlag();
        for (var step = 0; step < region.Steps && !failure.IsRaised; step++)
        {
            var current = step;
            await call.StartAsync(() => PredictAsync(sent, model, () => region.Apply(picture, current), current, failure));
        }
    }

    private async Task PredictAsync(
        Perturbation sent, ServedModel model, Func<Attribution.Preprocessing.PixelImage> compose, int step, OnceFlag failure)
    {
        try
        {
            var lifetime = call.Lifetime;
            using var place = await device.EnterAsync(lifetime.Token);
            var result = await device.SubmitAsync(new PredictWork(model, [ModelInput.FromPicture(compose())], place, lifetime));
            Interlocked.Increment(ref _predictions);
            await call.AnswerAsync(new PredictResponse
            {
                Logits = new PerturbedLogits { PerturbationId = sent.PerturbationId, Step = step, Values = { _readout!.Values(result.Value) } },
            });
        }
        catch (Exception exception) when (failure.Raise())
        {
            await FailAsync(sent.PerturbationId, sent.PictureId, exception);
        }
        catch (Exception)
        {
            // Another step has told the client that this perturbation failed.
        }
    }

    private ValueTask FailAsync(long? perturbationId, int pictureId, Exception exception)
    {
        var error = new PerturbationError { PictureId = pictureId, Status = faults.Describe(exception) };
        if (perturbationId is { } id)
        {
            error.PerturbationId = id;
        }

        return call.AnswerAsync(new PredictResponse { Error = error });
    }

    private static AttributionException Unknown(string field, int id) => new(field, $"is {id}; the stream holds no such picture");

    [LoggerMessage(EventId = 40, Level = LogLevel.Information, Message = "a stream predicted {Count} perturbed pictures by {Model}")]
    private partial void LogFinished(string? model, int count);
}
