"""Writes slices with pydicom into the folder given: explicit.dcm, implicit.dcm and radiograph.dcm."""
import sys
from pathlib import Path

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, DigitalXRayImageStorageForPresentation, ExplicitVRLittleEndian, ImplicitVRLittleEndian

folder = Path(sys.argv[1])


def slice_of(syntax, storage=CTImageStorage, modality="CT"):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = storage
    meta.MediaStorageSOPInstanceUID = "1.2.3.1"
    meta.TransferSyntaxUID = syntax
    meta.ImplementationClassUID = "1.2.3.4"
    ct = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    ct.is_little_endian = True
    ct.is_implicit_VR = syntax == ImplicitVRLittleEndian
    ct.SOPClassUID = storage
    ct.SOPInstanceUID = "1.2.3.1"
    ct.SeriesInstanceUID = "1.2.3"
    ct.Modality = modality
    ct.PatientID = "LIDC-IDRI-0002"
    ct.PatientName = "Müller^Åsa"
    ct.SpecificCharacterSet = "ISO_IR 192"
    ct.InstanceNumber = 41
    ct.ImagePositionPatient = [-125.5, 3.25, -1e-7]
    ct.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ct.PixelSpacing = [0.6, 0.6]
    ct.SamplesPerPixel = 1
    ct.PhotometricInterpretation = "MONOCHROME2"
    ct.Rows, ct.Columns = 2, 3
    ct.BitsAllocated, ct.BitsStored, ct.HighBit, ct.PixelRepresentation = 16, 12, 11, 1
    ct.RescaleSlope, ct.RescaleIntercept = 1, 0

    inner = Dataset()
    inner.Rows = 99
    inner.is_undefined_length_sequence_item = True
    item = Dataset()
    item.Columns = 99
    item.ReferencedImageSequence = Sequence([inner])
    item["ReferencedImageSequence"].is_undefined_length = True
    ct.SourceImageSequence = Sequence([item, Dataset()])
    ct["SourceImageSequence"].is_undefined_length = True

    block = ct.private_block(0x0009, "MAKER", create=True)
    block.add_new(1, "OB", b"\x01\x02\x03\x04")
    block.add_new(2, "SQ", Sequence([inner]))
    block.add_new(3, "UT", "x" * 70000)
    ct.add(DataElement(0x00091004, "UN", b"\x01\x02"))
    # -2024, 0, 76, 1024, 2047, -1024 in twelve bits, with rubbish in the other four.
    stored = [-2024 & 0xFFF | 0x3000, 0xF000, 76, 1024 | 0x8000, 2047, -1024 & 0xFFF]
    ct.PixelData = b"".join(value.to_bytes(2, "little") for value in stored)
    ct["PixelData"].VR = "OW"
    return ct


slice_of(ExplicitVRLittleEndian).save_as(folder / "explicit.dcm", write_like_original=False)
slice_of(ImplicitVRLittleEndian).save_as(folder / "implicit.dcm", write_like_original=False)
slice_of(ExplicitVRLittleEndian, DigitalXRayImageStorageForPresentation, "DX").save_as(folder / "radiograph.dcm", write_like_original=False)
