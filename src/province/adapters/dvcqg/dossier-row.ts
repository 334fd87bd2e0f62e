import type { Person } from '../../../contract/province/sealed.ts'
import { handedInAt, otherStepText, paperKindTexts, stepTexts } from '../../texts/official.ts'
import type { DvcqgConfig } from '../adapter-config.ts'
import type { Handover } from '../contract.ts'
import { shorten, whole } from '../field-limits.ts'
import { statusFor } from '../national-status.ts'
import { dvcqgObjectTypes, objectTypeOf } from '../object-type.ts'
import { compactTime } from '../vendor-time.ts'
import type { WorkingTime } from '../working-time.ts'
import type { ZonedTime } from '../zoned-time.ts'
import type { OfficialProcedure } from './procedure.ts'

export interface RowTools {
  readonly config: DvcqgConfig
  readonly zone: ZonedTime
  readonly work: WorkingTime
}

type Step = Handover['steps'][number]

/**
 * One row of DongBoHoSoMC: strings only, times as yyyyMMddHHmmss, and the limits that the receiving side has.
 * @throws FieldTooLong
 */
export function dossierRow(
  { dossier, content, unitName, steps }: Handover,
  procedure: OfficialProcedure,
  { config, zone, work }: RowTools,
): Record<string, unknown> {
  const accepted = new Date(dossier.acceptedAt)
  const { owner, applicant } = content
  const time = (instant: Date | string | undefined) =>
    instant === undefined ? '' : compactTime(zone, new Date(instant))
  const stepAt = (status: number) => steps.find((step) => step.status === status)?.at
  const duration = config.procedureTimes[content.procedureCode] ?? procedure.time
  const types = config.objectTypes ?? dvcqgObjectTypes
  const name = procedure.name ?? content.procedureName
  return {
    MaHoSo: whole('MaHoSo', dossier.dossierCode, 64),
    MaTTHC: whole('MaTTHC', content.procedureCode, 50),
    TenTTHC: shorten(name, 1000),
    MaLinhVuc: whole('MaLinhVuc', procedure.fieldCode, 50),
    TenLinhVuc: shorten(procedure.fieldName, 150),
    SoBienNhan: whole('SoBienNhan', dossier.intakeId, 64),
    ChuHoSo: shorten(owner.name, 200),
    LoaiDoiTuong: objectTypeOf(types, owner),
    MaDoiTuong: '',
    ThongTinKhac: '',
    Email: '',
    Fax: '',
    SoDienThoai: whole('SoDienThoai', content.phone, 15),
    TrichYeuHoSo: shorten(`${name} – ${owner.name}`, 1000),
    NgayTiepNhan: time(work.receivedAt(accepted)),
    NgayHenTra: time(duration && work.dueAt(accepted, duration)),
    TrangThaiHoSo: statusFor(config.statusMap, steps.at(-1)?.status ?? 2),
    NgayTra: time(stepAt(10)),
    ThongTinTra: '',
    HinhThuc: '0',
    NgayKetThucXuLy: time(stepAt(9)),
    DonViXuLy: shorten(unitName, 200),
    GhiChu: shorten(
      content.relation === 'self' ? handedInAt : `${handedInAt}: ${applicant.name}`,
      500,
    ),
    TaiLieuNop: [],
    DanhSachLePhi: [],
    DanhSachTepDinhKemKhac: content.papers.map((paper) => ({
      TenGiayTo: shorten(paper.name, 2000),
      SoLuong: String(paper.count),
      LoaiGiayTo: paperKindTexts[paper.kind],
    })),
    DanhSachHoSoBoSung: [],
    DanhSachGiayToKetQua: [],
    KenhThucHien: config.channel,
    ...(config.newerFields && {
      NoiNopHoSo: '2',
      NgayNopHoSo: time(dossier.depositedAt),
      HoSoCoThanhPhanSoHoa: '0',
      TaiKhoanDuocXacThucVoiVNeID: '0',
      DuocThanhToanTrucTuyen: '3',
      DinhDanhCHS: identityOf(owner),
      DSKetNoiCSDL: [],
    }),
  }
}

/** Only the two kinds that the list knows: a passport or tax code has no number in it. */
function identityOf({ idKind, idNumber }: Person): { LoaiDinhDanh: string; SoDinhDanh: string }[] {
  if (idKind !== 'citizenId' || idNumber === '') return []
  const SoDinhDanh = whole('SoDinhDanh', idNumber, 40)
  return [{ LoaiDinhDanh: SoDinhDanh.length === 9 ? '2' : '1', SoDinhDanh }]
}

/** One row of CapNhatTienDoHoSoMC; the same bytes however often it is sent. */
export function progressRow(
  step: Step,
  { dossier, unitName, content }: Handover,
  procedure: OfficialProcedure,
  { config, zone, work }: RowTools,
): Record<string, string> {
  const accepted = new Date(dossier.acceptedAt)
  const duration = config.procedureTimes[content.procedureCode] ?? procedure.time
  const due = duration && work.dueAt(accepted, duration)
  return {
    MaHoSo: whole('MaHoSo', dossier.dossierCode, 64),
    NguoiXuLy: shorten(dossier.acceptedBy, 50),
    ChucDanh: '',
    ThoiDiemXuLy: compactTime(zone, new Date(step.at)),
    PhongBanXuLy: shorten(unitName, 200),
    NoiDungXuLy: stepTexts[step.status] ?? otherStepText,
    TrangThai: statusFor(config.statusMap, step.status),
    NgayBatDau: compactTime(zone, work.receivedAt(accepted)),
    NgayKetThucTheoQuyDinh: due ? compactTime(zone, due) : '',
  }
}
