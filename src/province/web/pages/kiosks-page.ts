import type { MessageBody } from '../../../contract/province/message.ts'
import type { LocalTime } from '../../local-time.ts'
import type { Epoch, Kiosk, StoredRefusal } from '../../store/records.ts'
import { type Html, html } from '../html.ts'

export interface KioskView {
  readonly kiosk: Kiosk
  readonly epochs: readonly Epoch[]
  /** Newest first. */
  readonly faults: readonly MessageBody<'fault'>[]
}

export function kiosksPage(view: {
  readonly kiosks: readonly KioskView[]
  readonly refusals: readonly StoredRefusal[]
  readonly time: LocalTime
}): Html {
  const { time } = view
  const sections = view.kiosks.map(({ kiosk, epochs, faults }) => {
    const newest = epochs.at(-1)
    return html`<section>
<h2>${kiosk.kioskId}</h2>
<dl>
<dt>Nơi đặt</dt><dd>${kiosk.place}</dd>
<dt>Đơn vị</dt><dd>${kiosk.unitCode}</dd>
<dt>Liên lạc gần nhất</dt><dd>${kiosk.lastContactAt ? time.display(kiosk.lastContactAt) : 'Chưa liên lạc'}</dd>
<dt>Đợt dữ liệu</dt><dd>${newest ? `${newest.epoch}, từ ${time.display(newest.registeredAt)}, khóa phiếu ${newest.slipKeyId}` : 'Chưa đăng ký'}</dd>
</dl>
${
  faults.length > 0 &&
  html`<table><thead><tr><th>Thiết bị</th><th>Tình trạng</th><th>Mã sự cố</th><th>Lúc</th></tr></thead>
<tbody>${faults.map((fault) => html`<tr><td>${fault.device}</td><td>${fault.state}</td><td><code>${fault.reason}</code></td><td>${time.display(fault.at)}</td></tr>`)}</tbody></table>`
}
</section>`
  })
  const refusals = view.refusals.map(
    (refusal) =>
      html`<tr><td>${refusal.kioskId}</td><td>${refusal.kind}</td><td>${refusal.cursor}</td><td><code>${refusal.code}</code></td><td>${time.display(refusal.at)}</td></tr>`,
  )
  return html`${sections}${
    refusals.length > 0 &&
    html`<section><h2>Máy từ chối, cần xử lý</h2>
<table><thead><tr><th>Máy</th><th>Loại</th><th>Số</th><th>Lý do</th><th>Lúc</th></tr></thead><tbody>${refusals}</tbody></table>
</section>`
  }`
}
