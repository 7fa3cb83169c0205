using System.Buffers.Binary;
using System.Text;

namespace Cdam.Attribution.Native;

/// <summary>
/// The dynamic symbol table and the version needs of a 64-bit little-endian ELF shared library, held in memory, and the two
/// edits that <see cref="TorchSharpCompatibility"/> makes to them. See the System V ABI, "Symbol Table", and the Linux Standard
/// Base, "Symbol Versioning".
/// </summary>
internal sealed class ElfDynamicSymbols
{
    private const int SymbolSize = 24;
    private const int SectionHeaderSize = 64;
    private const uint DynamicSymbolSection = 11;      // SHT_DYNSYM
    private const uint VersionSymbolSection = 0x6fffffff; // SHT_GNU_versym
    private const uint VersionNeedSection = 0x6ffffffe;  // SHT_GNU_verneed
    private const ushort WeakVersion = 2;              // VER_FLG_WEAK

    private readonly byte[] _file;
    private readonly int _symbols;
    private readonly int _symbolCount;
    private readonly int _strings;
    private readonly int _versions;
    private readonly int _needs;
    private readonly int _needCount;

    public ElfDynamicSymbols(byte[] file)
    {
        if (file.Length < 64 || !file.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new PlatformNotSupportedException("The file is not a 64-bit little-endian ELF library.");
        }

        _file = file;
        var (symbols, symbolBytes, stringSection) = Section(DynamicSymbolSection);
        (_symbols, _symbolCount) = (symbols, symbolBytes / SymbolSize);
        _strings = (int)Read64(SectionHeader(stringSection) + 24);
        (_versions, _, _) = Section(VersionSymbolSection);
        (_needs, _, _) = Section(VersionNeedSection);
        _needCount = (int)Read32(SectionHeader((int)SectionIndex(VersionNeedSection)) + 44);
    }

    /// <summary>Position of an undefined (imported) symbol in the table; fails if there is none.</summary>
    public int IndexOf(string symbol)
    {
        for (var index = 1; index < _symbolCount; index++)
        {
            if (Text(_strings + (int)Read32(Symbol(index))) == symbol)
            {
                return index;
            }
        }

        throw new PlatformNotSupportedException($"The library does not import {symbol}.");
    }

    /// <summary>Makes the import at <paramref name="index"/> resolve to what the import at <paramref name="donor"/> resolves to.</summary>
    public void Redirect(int index, int donor)
    {
        _file.AsSpan(Symbol(donor), 4).CopyTo(_file.AsSpan(Symbol(index)));
        SetVersion(index, Read16(_versions + 2 * donor));
    }

    /// <summary>Makes the import at <paramref name="index"/> ask for another version, which the library must need already.</summary>
    public void Redirect(int index, string version) => SetVersion(index, Read16(VersionNeed(version) + 6));

    /// <summary>Lets the loader go on when the system's library lacks this version (only symbols that ask for it then fail).</summary>
    public void MarkWeak(string version)
    {
        var flags = VersionNeed(version) + 4;
        BinaryPrimitives.WriteUInt16LittleEndian(_file.AsSpan(flags), (ushort)(Read16(flags) | WeakVersion));
    }

    private int VersionNeed(string version)
    {
        var need = _needs;
        for (var i = 0; i < _needCount; i++)
        {
            var auxiliary = need + (int)Read32(need + 8);
            for (var k = Read16(need + 2); k > 0; k--)
            {
                if (Text(_strings + (int)Read32(auxiliary + 8)) == version)
                {
                    return auxiliary;
                }

                auxiliary += (int)Read32(auxiliary + 12);
            }

            need += (int)Read32(need + 12);
        }

        throw new PlatformNotSupportedException($"The library does not need version {version}.");
    }

    private (int Offset, int Size, int Link) Section(uint type)
    {
        var header = SectionHeader((int)SectionIndex(type));
        return ((int)Read64(header + 24), (int)Read64(header + 32), (int)Read32(header + 40));
    }

    private uint SectionIndex(uint type)
    {
        var count = Read16(60);
        for (uint index = 0; index < count; index++)
        {
            if (Read32(SectionHeader((int)index) + 4) == type)
            {
                return index;
            }
        }

        throw new PlatformNotSupportedException($"The library has no section of type 0x{type:x}.");
    }

    private int SectionHeader(int index) => (int)Read64(40) + index * SectionHeaderSize;

    private int Symbol(int index) => _symbols + index * SymbolSize;

    private void SetVersion(int index, ushort version) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_file.AsSpan(_versions + 2 * index), version);

    private string Text(int offset) =>
        Encoding.ASCII.GetString(_file.AsSpan(offset)[.._file.AsSpan(offset).IndexOf((byte)0)]);

    private ushort Read16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(offset));

    private uint Read32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(offset));

    private ulong Read64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(offset));
}
