import type { Person } from '../../../contract/province/sealed.ts'
import type { PaperKind } from '../../../contract/words.ts'
import { otherStepText, scanTexts, stepTexts } from '../../texts/official.ts'
import type { IgateConfig } from '../adapter-config.ts'
import type { Handover } from '../contract.ts'
import { shorten, whole } from '../field-limits.ts'
import { statusFor } from '../national-status.ts'
import { igateObjectTypes, objectTypeOf } from '../object-type.ts'
import { isoLocalTime, spacedTime } from '../vendor-time.ts'
import type { WorkingTime } from '../working-time.ts'
import type { ZonedTime } from '../zoned-time.ts'

export interface BodyTools {
  readonly config: IgateConfig
  readonly zone: ZonedTime
  readonly work: WorkingTime
}

export interface UploadedFile {
  readonly id: string
  readonly hash: string
}

const originalPaper = 0
const copiedPaper = 1
/** LoaiBan */
const paperTypes: Readonly<Record<PaperKind, number>> = {
  original: originalPaper,
  certifiedCopy: copiedPaper,
  photocopy: copiedPaper,
}
/** Paper that was looked at by nobody yet: general information about the dossier. */
const scanResultCode = 'KQ.DVC.THONGTIN'

/** The body of NoiHoSo. There is no district in it. @throws FieldTooLong */
export function dossierBody(
  { dossier, content }: Handover,
  number: string,
  scan: UploadedFile | undefined,
  { config, zone, work }: BodyTools,
): object {
  const { applicant, owner } = content
  const types = config.objectTypes ?? igateObjectTypes
  const papers = content.papers.map((paper) => ({
    MaThanhPhanHoSo: whole('MaThanhPhanHoSo', paper.id, 100),
    TenThanhPhanHoSo: shorten(paper.name, 2000),
    SoLuong: paper.count,
    LoaiBan: paperTypes[paper.kind],
    GiayToDinhKem: [] as object[],
  }))
  if (scan) {
    papers.push({
      MaThanhPhanHoSo: '',
      TenThanhPhanHoSo: scanTexts.component,
      SoLuong: 1,
      LoaiBan: copiedPaper,
      GiayToDinhKem: [
        {
          IdGiayTo: scan.id,
          MaKetQua: scanResultCode,
          TenGiayTo: scanTexts.fileName,
          HashTepTin: scan.hash,
        },
      ],
    })
  }
  return {
    MaHoSo: number,
    MaTTHC: whole('MaTTHC', content.procedureCode, 50),
    MaDichVuCong: config.serviceCodes[content.procedureCode] ?? content.procedureCode,
    ChuHoSo: shorten(owner.name, 200),
    LoaiDoiTuong: Number(objectTypeOf(types, owner)),
    MaDonViTiepNhan: dossier.unitCode,
    NgayNop: spacedTime(zone, new Date(dossier.depositedAt)),
    NgayTiepNhan: spacedTime(zone, work.receivedAt(new Date(dossier.acceptedAt))),
    ThanhPhanHoSo: papers,
    ThongTinNguoiNop: {
      LoaiDoiTuong: Number(objectTypeOf(types, applicant)),
      IdDoiTuong: '',
      ThongTinChiTiet: {
        TenNguoiNop: shorten(applicant.name, 200),
        SoDinhDanh: whole('SoDinhDanh', applicant.idNumber, 40),
        NgaySinh: birthTime(applicant),
        SoDienThoai: whole('SoDienThoai', content.phone, 15),
        MaTinh: '',
        MaXa: '',
        DiaChiChiTiet: shorten(applicant.address, 500),
        TenChuHs: shorten(owner.name, 200),
        SoDinhDanhChuHs: whole('SoDinhDanhChuHs', owner.idNumber, 40),
        MaTinhChuHs: '',
        MaXaChuHs: '',
        DiaChiChiTietChuHs: shorten(owner.address, 500),
      },
    },
  }
}

/** `ddMMyyyy` → `yyyyMMdd000000`; a date that is known in part only is left out. */
function birthTime({ birthDate }: Person): string {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(birthDate) ?? []
  return !day || day === '00' || month === '00' ? '' : `${year}${month}${day}000000`
}

/** One row of CapNhatTienTrinh; the same bytes however often it is sent. */
export function progressBody(
  step: Handover['steps'][number],
  { dossier, content, unitName }: Handover,
  there: { readonly number: string; readonly id: string },
  { config, zone, work }: BodyTools,
): object {
  const accepted = new Date(dossier.acceptedAt)
  const duration = config.procedureTimes[content.procedureCode]
  const due = duration && work.dueAt(accepted, duration)
  return {
    IDHoSo: there.id,
    MaHoSo: there.number,
    NguoiXuLy: shorten(dossier.acceptedBy, 50),
    ThoiDiemXuLy: isoLocalTime(zone, new Date(step.at)),
    PhongBanXuLy: shorten(unitName, 200),
    NoiDungXuLy: stepTexts[step.status] ?? otherStepText,
    TrangThai: Number(statusFor(config.statusMap, step.status)),
    NgayBatDau: isoLocalTime(zone, work.receivedAt(accepted)),
    NgayKetThucTheoQuyDinh: due ? isoLocalTime(zone, due) : null,
  }
}
