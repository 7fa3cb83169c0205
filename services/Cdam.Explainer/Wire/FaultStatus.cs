using Cdam.Attribution.Explanations;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;
using Cdam.Explainer.Perturbations;
using Cdam.Explainer.Streams;
using Cdam.V1.Errors;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Cdam.Explainer.Wire;

/// <summary>The status of each kind of failure.</summary>
internal static class FaultStatus
{
    public static Status Of(Exception exception) => exception switch
    {
        AttributionException fault => WireStatus.InvalidArgument(fault.Field, fault.Description),
        UnsupportedTargetException fault => WireStatus.FailedPrecondition("targets", fault.Message, "TARGET_NOT_SUPPORTED"),
        UnknownModelException fault => WireStatus.NotFound("model", fault.Name, fault.Message),
        ConceptNotFoundException fault => WireStatus.NotFound("concept", $"concepts/{fault.Id}", fault.Message),
        ConceptMismatchException fault => WireStatus.FailedPrecondition($"concepts/{fault.Id}", fault.Message, fault.Reason),
        ConceptServiceLostException fault => WireStatus.Unavailable(fault.Message, fault.RetryAfter, "CONCEPT_SERVICE_LOST"),
        NotServingException fault => WireStatus.Unavailable(fault.Message, fault.RetryAfter, fault.Reason),
        QueueFullException fault => WireStatus.ResourceExhausted(Limit(nameof(ExplainerOptions.QueueCapacity)), fault.Message, fault.RetryAfter, "QUEUE_FULL"),
        AnswerTooLargeException fault => WireStatus.ResourceExhausted(fault.Option, fault.Message, null, "ANSWER_TOO_LARGE"),
        TooManyPicturesException fault => WireStatus.ResourceExhausted(Limit(nameof(ExplainerOptions.MaxPicturesPerStream)), fault.Message, null, "TOO_MANY_PICTURES"),
        StalledClientException fault => WireStatus.ResourceExhausted(Limit(nameof(ExplainerOptions.WriteTimeout)), fault.Message, null, "ANSWERS_NOT_READ"),
        DeviceMemoryException fault => WireStatus.ResourceExhausted("device memory", fault.Message, null, "DEVICE_OUT_OF_MEMORY"),
        DeadlinePassedException fault => WireStatus.DeadlineExceeded(fault.Message),
        OperationCanceledException => WireStatus.Cancelled("the client cancelled the call"),
        ObjectDisposedException => Of(NotServingException.Draining()),
        RpcException { StatusCode: StatusCode.ResourceExhausted } fault =>
            WireStatus.ResourceExhausted(Limit(nameof(ExplainerOptions.MaxMessageBytes)), fault.Status.Detail, null, "MESSAGE_TOO_LARGE"),
        _ => WireStatus.Internal("the server could not answer for a reason of its own; its log has the details"),
    };

    private static string Limit(string option) => $"{ExplainerOptions.Section}:{option}";
}
