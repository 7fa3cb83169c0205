using System.Buffers.Binary;
using System.Text;

namespace Cdam.Attribution.Tests.Catalogue;

/// <summary>
/// The tensors of the published checkpoints, written down from the official code and not from this project's tables: names as the
/// authors' modules give them, shapes as their constructors do.
/// </summary>
internal static class PublishedKeys
{
    /// <summary>A catalogue entry's checkpoint: nested dictionaries joined by dots.</summary>
    public static Dictionary<string, long[]> Of(string id) => id switch
    {
        "dino-vits8" => Dino(384, 1536, patch: 8, side: 224),
        "dino-vits16" => Dino(384, 1536, patch: 16, side: 224),
        "dino-vitb8" => Dino(768, 3072, patch: 8, side: 224),
        "dino-vitb16" => Dino(768, 3072, patch: 16, side: 224),
        "cdam-dino-vits8" => Join(
            Under("state_dict.model.", Dino(384, 1536, patch: 8, side: 224)), Head("state_dict.linear.", 384),
            new() { ["optimizer_states.0.state.0.exp_avg"] = [1000, 384] }),
        "deit-vitb16" => Under("model.", Join(Dino(768, 3072, patch: 16, side: 224), Head("head.", 768))),
        "torchvision-vitb16" or "torchvision-vitb16-swag-linear" => Join(Torchvision(224), Head("heads.head.", 768)),
        "torchvision-vitb16-swag" => Join(Torchvision(384), Head("heads.head.", 768)),
        "dinov2-vits14-reg4" => DinoV2(384, 1536),
        "dinov2-vitb14-reg4" => DinoV2(768, 3072),
        _ => throw new ArgumentException(id),
    };

    /// <summary>Writes a safetensors file of these tensors, all zero; the file is sparse, so that real sizes cost nothing.</summary>
    public static void Write(string path, Dictionary<string, long[]> tensors)
    {
        var header = new StringBuilder("{");
        var end = 0L;
        foreach (var (name, shape) in tensors)
        {
            var begin = end;
            end += 4 * shape.Aggregate(1L, (product, extent) => product * extent);
            header.Append(header.Length > 1 ? "," : "").Append(FormattableString.Invariant(
                $"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", shape)}],\"data_offsets\":[{begin},{end}]}}"));
        }

        var json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        using var file = File.Create(path);
        file.Write(length);
        file.Write(json);
        file.SetLength(length.Length + json.Length + end);
    }

    /// <summary>facebookresearch/dino vision_transformer.py; timm's VisionTransformer, which DeiT uses, has the same names.</summary>
    private static Dictionary<string, long[]> Dino(long dim, long mlp, int patch, int side)
    {
        var keys = new Dictionary<string, long[]>
        {
            ["cls_token"] = [1, 1, dim],
            ["pos_embed"] = [1, side / patch * (side / patch) + 1, dim],
            ["patch_embed.proj.weight"] = [dim, 3, patch, patch],
            ["patch_embed.proj.bias"] = [dim],
            ["norm.weight"] = [dim],
            ["norm.bias"] = [dim],
        };
        for (var i = 0; i < 12; i++)
        {
            foreach (var (name, outputs, inputs) in ((string, long, long)[])
                [("attn.qkv", 3 * dim, dim), ("attn.proj", dim, dim), ("mlp.fc1", mlp, dim), ("mlp.fc2", dim, mlp), ("norm1", dim, 0), ("norm2", dim, 0)])
            {
                keys[$"blocks.{i}.{name}.weight"] = inputs == 0 ? [outputs] : [outputs, inputs];
                keys[$"blocks.{i}.{name}.bias"] = [outputs];
            }
        }

        return keys;
    }

    /// <summary>facebookresearch/dinov2 models/vision_transformer.py with num_register_tokens=4, block_chunks=0, init_values=1.</summary>
    private static Dictionary<string, long[]> DinoV2(long dim, long mlp)
    {
        var keys = Join(Dino(dim, mlp, patch: 14, side: 518), new() { ["register_tokens"] = [1, 4, dim], ["mask_token"] = [1, dim] });
        for (var i = 0; i < 12; i++)
        {
            keys[$"blocks.{i}.ls1.gamma"] = [dim];
            keys[$"blocks.{i}.ls2.gamma"] = [dim];
        }

        return keys;
    }

    /// <summary>
    /// torchvision models/vision_transformer.py, vit_b_16. The published files are older than the MLP's numbered layers: linear_1 and
    /// linear_2 are renamed there while loading.
    /// </summary>
    private static Dictionary<string, long[]> Torchvision(int side)
    {
        var keys = new Dictionary<string, long[]>
        {
            ["class_token"] = [1, 1, 768],
            ["conv_proj.weight"] = [768, 3, 16, 16],
            ["conv_proj.bias"] = [768],
            ["encoder.pos_embedding"] = [1, side / 16 * (side / 16) + 1, 768],
            ["encoder.ln.weight"] = [768],
            ["encoder.ln.bias"] = [768],
        };
        for (var i = 0; i < 12; i++)
        {
            var layer = $"encoder.layers.encoder_layer_{i}.";
            keys[layer + "self_attention.in_proj_weight"] = [2304, 768];
            keys[layer + "self_attention.in_proj_bias"] = [2304];
            keys[layer + "self_attention.out_proj.weight"] = [768, 768];
            keys[layer + "self_attention.out_proj.bias"] = [768];
            keys[layer + "mlp.linear_1.weight"] = [3072, 768];
            keys[layer + "mlp.linear_1.bias"] = [3072];
            keys[layer + "mlp.linear_2.weight"] = [768, 3072];
            keys[layer + "mlp.linear_2.bias"] = [768];
            foreach (var norm in (string[])["ln_1", "ln_2"])
            {
                keys[$"{layer}{norm}.weight"] = [768];
                keys[$"{layer}{norm}.bias"] = [768];
            }
        }

        return keys;
    }

    private static Dictionary<string, long[]> Head(string prefix, long dim) => new() { [prefix + "weight"] = [1000, dim], [prefix + "bias"] = [1000] };

    private static Dictionary<string, long[]> Under(string prefix, Dictionary<string, long[]> keys) => keys.ToDictionary(key => prefix + key.Key, key => key.Value);

    private static Dictionary<string, long[]> Join(params Dictionary<string, long[]>[] parts) => parts.SelectMany(part => part).ToDictionary(key => key.Key, key => key.Value);
}
