using System.Collections.Frozen;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>
/// The allow list. Beside what tensors need it has the plain data classes that published checkpoints carry along: the arguments
/// of DINO and DeiT, the hyper parameters of Lightning, NumPy's random states and metrics.
/// </summary>
internal static class PickleGlobals
{
    private static readonly string[] DictionaryClasses =
    [
        "collections.OrderedDict",
        "collections.defaultdict",
        "pytorch_lightning.utilities.parsing.AttributeDict",
        "lightning.pytorch.utilities.parsing.AttributeDict",
        "lightning_fabric.utilities.data.AttributeDict",
        "lightning.fabric.utilities.data.AttributeDict",
    ];

    private static readonly string[] OpaqueClasses =
    [
        "argparse.Namespace",
        "collections.Counter",
        "collections.deque",
        "pathlib.Path",
        "pathlib.PosixPath",
        "pathlib.PurePosixPath",
        "pathlib.WindowsPath",
        "pathlib.PureWindowsPath",
        "datetime.date",
        "datetime.datetime",
        "datetime.timedelta",
        "_codecs.encode", // How protocol 2 writes bytes.
        "__builtin__.xrange", // How protocol 2 writes a range.
        "numpy.dtype",
        "numpy.ndarray",
        "numpy.core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct",
        "numpy._core.multiarray.scalar",
        "numpy._core.multiarray._reconstruct",
        "torch.device",
        "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint", // Old versions key their callbacks' state by class.
        "pytorch_lightning.callbacks.early_stopping.EarlyStopping",
    ];

    private static readonly string[] Builtins =
    [
        "set", "frozenset", "list", "dict", "tuple", "bool", "int", "float", "complex", "str", "bytes", "bytearray", "slice", "range",
    ];

    private static readonly (string Storage, string[] Types, TensorType Type)[] ElementTypes =
    [
        ("DoubleStorage", ["float64", "double"], TensorType.Float64),
        ("FloatStorage", ["float32", "float"], TensorType.Float32),
        ("HalfStorage", ["float16", "half"], TensorType.Float16),
        ("BFloat16Storage", ["bfloat16"], TensorType.BFloat16),
        ("LongStorage", ["int64", "long"], TensorType.Int64),
        ("IntStorage", ["int32", "int"], TensorType.Int32),
        ("ShortStorage", ["int16", "short"], TensorType.Int16),
        ("CharStorage", ["int8"], TensorType.Int8),
        ("ByteStorage", ["uint8"], TensorType.UInt8),
        ("BoolStorage", ["bool"], TensorType.Bool),
        ("UntypedStorage", [], TensorType.UInt8),
        ("storage.UntypedStorage", [], TensorType.UInt8),
        ("storage._UntypedStorage", [], TensorType.UInt8),
    ];

    private static readonly FrozenDictionary<string, PickleGlobal> Allowed =
        All().ToFrozenDictionary(global => global.Name, StringComparer.Ordinal);

    /// <returns>Null for anything that is not on the list.</returns>
    public static PickleGlobal? Find(string module, string name) => Allowed.GetValueOrDefault($"{module}.{name}");

    private static IEnumerable<PickleGlobal> All() =>
    [
        .. DictionaryClasses.Select(name => new PickleGlobal(name, PickleGlobalKind.Dictionary)),
        .. OpaqueClasses.Select(name => new PickleGlobal(name, PickleGlobalKind.Opaque)),
        .. Builtins.Select(name => new PickleGlobal($"builtins.{name}", PickleGlobalKind.Opaque)),
        .. Builtins.Select(name => new PickleGlobal($"__builtin__.{name}", PickleGlobalKind.Opaque)), // Python 2 and protocol 2.
        .. ElementTypes.SelectMany(row => Storages(row.Storage, row.Type)),
        .. ElementTypes.SelectMany(row => row.Types.Select(name => new PickleGlobal($"torch.{name}", PickleGlobalKind.Type, row.Type))),
        new("torch.Size", PickleGlobalKind.Size),
        new("torch._utils._rebuild_tensor", PickleGlobalKind.Tensor),
        new("torch._utils._rebuild_tensor_v2", PickleGlobalKind.Tensor),
        new("torch._utils._rebuild_tensor_v3", PickleGlobalKind.TypedTensor),
        new("torch._utils._rebuild_parameter", PickleGlobalKind.Parameter),
    ];

    private static PickleGlobal[] Storages(string name, TensorType type) =>
    [
        new($"torch.{name}", PickleGlobalKind.Storage, type),
        new($"torch.cuda.{name}", PickleGlobalKind.Storage, type), // Old versions name the device's class.
    ];
}
