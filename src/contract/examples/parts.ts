import type { Input, PaperView, ProcedureView } from '../screen.ts'

/** What several examples show. All people, numbers and codes are made up. */

export const procedure: ProcedureView = {
  code: '0.000001.H00',
  name: 'Đăng ký khai sinh cho trẻ em sinh ra tại địa phương (thủ tục ví dụ)',
  plainName: 'Khai sinh cho con',
  takeIn: 'paper',
}
export const procedures: readonly ProcedureView[] = [
  procedure,
  {
    code: '0.000002.H00',
    name: 'Xác nhận tình trạng hôn nhân (thủ tục ví dụ)',
    plainName: 'Xác nhận độc thân',
    takeIn: 'paper',
  },
  {
    code: '0.000003.H00',
    name: 'Đăng ký kết hôn (thủ tục ví dụ)',
    plainName: 'Kết hôn',
    takeIn: 'no',
  },
  {
    code: '0.000004.H00',
    name: 'Đăng ký hộ kinh doanh (thủ tục ví dụ)',
    plainName: 'Mở hộ kinh doanh',
    takeIn: 'scanOnly',
  },
]
export const papers: readonly PaperView[] = [
  {
    id: 'p1',
    name: 'Giấy chứng sinh',
    handling: 'handIn',
    allowedKinds: ['original', 'certifiedCopy'],
    kind: 'original',
    count: 1,
  },
  {
    id: 'p2',
    name: 'Tờ khai đăng ký khai sinh theo mẫu',
    handling: 'handIn',
    allowedKinds: ['original'],
    kind: 'original',
    count: 1,
  },
  {
    id: 'p3',
    name: 'Giấy chứng nhận kết hôn của cha mẹ',
    handling: 'handIn',
    allowedKinds: ['certifiedCopy', 'photocopy'],
    kind: 'certifiedCopy',
    count: 0,
  },
  {
    id: 'p4',
    name: 'Thẻ căn cước của người đi đăng ký',
    handling: 'show',
    allowedKinds: ['original'],
    kind: 'original',
    count: 0,
  },
]
export const slip = {
  intakeId: 'K07-1-000123-F',
  bagCode: 'TUI-0000482',
  qr: 'MC1.k1.K07-1-000123-F.20260502T130500Z.q83vEjRWeJCrze8SNFZ4kA.ZXhhbXBsZS1zaWduYXR1cmUtZXhhbXBsZS1zaWduYXR1cmUtZXhhbXBsZS1zaWduYXR1cmUtZXhhbXBsZS0wMDAwMA',
}

export function input(
  field: Input['field'],
  keyboard: Input['keyboard'],
  shown: string,
  maxLength: number,
  complete = false,
): Input {
  return { field, keyboard, shown, length: shown.length, maxLength, complete }
}

export const identity = {
  name: 'NGUYỄN V* M*',
  idNumber: '001*****0000',
  warnings: [],
}
