import type { MessageBody } from '../../../contract/province/message.ts'
import type { LocalTime } from '../../local-time.ts'
import type { StoredRefusal } from '../../store/records/feed-records.ts'
import type { Epoch, Kiosk, KioskAlarm } from '../../store/records/kiosk-records.ts'
import { type Html, html } from '../html.ts'
import type { Fact, KioskHealth } from '../kiosk-health.ts'
import { csrfField, type Viewer } from '../layout.ts'
import { reasonWord } from '../reason-words.ts'
import { alarmWords } from '../words.ts'

export interface KioskView {
  readonly kiosk: Kiosk
  readonly health: KioskHealth
  /** Those that nobody has settled. */
  readonly alarms: readonly KioskAlarm[]
  readonly epochs: readonly Epoch[]
  /** Newest first. */
  readonly faults: readonly MessageBody<'fault'>[]
}

interface View {
  readonly viewer: Viewer
  readonly kiosks: readonly KioskView[]
  readonly refusals: readonly StoredRefusal[]
  readonly at: string
  readonly time: LocalTime
}

/** All machines in one table, what is red first in words; below, each with its history. */
export function kiosksPage(view: View): Html {
  return html`${alarmSection(view)}<section>
<table>
<thead><tr><th>Máy</th><th>Liên lạc</th><th>Chờ gửi</th><th>Cần xử lý</th><th>Dịch vụ ngừng</th><th>Giấy in</th><th>Túi</th><th>Ngăn</th><th>Đồng hồ</th></tr></thead>
<tbody>${view.kiosks.map(healthRow)}</tbody>
</table>
<p class="soft">Lúc ${view.time.display(view.at)}. Máy báo mỗi phút một lần; quá 5 phút không liên lạc là đỏ.</p>
</section>${view.kiosks.map((kiosk) => historySection(kiosk, view.time))}${refusalSection(view)}`
}

function healthRow({ kiosk, health: { contact, told } }: KioskView): Html {
  const name = html`<strong>${kiosk.kioskId}</strong><br><span class="soft">${kiosk.place}</span>`
  if (!told) {
    return html`<tr><td>${name}</td><td>${cell(contact)}</td><td colspan="7" class="soft">Máy chưa báo tình trạng.</td></tr>`
  }
  const away =
    told.services.length === 0
      ? html`Không`
      : html`${told.services.map((fact) => html`${cell(fact)}<br>`)}`
  return html`<tr><td>${name}</td><td>${cell(contact)}</td><td>${cell(told.oldest)}</td><td>${cell(told.parked)}</td><td>${away}</td><td>${cell(told.paper)}</td><td>${cell(told.bags)}</td><td>${cell(told.compartments)}</td><td>${cell(told.clock)}${told.certificate.level !== 'good' && html`<br>${cell(told.certificate)}`}</td></tr>`
}

function cell({ text, level }: Fact): Html {
  return level === 'good' ? html`${text}` : html`<strong class="${level}">${text}</strong>`
}

function alarmSection({ viewer, kiosks, time }: View): Html | false {
  const alarms = kiosks.flatMap((kiosk) => kiosk.alarms)
  if (alarms.length === 0) return false
  const rows = alarms.map(
    (alarm) => html`<tr>
<td><strong class="bad">${alarm.kioskId}</strong></td>
<td><strong class="bad">${alarmWords[alarm.kind]}</strong>${alarm.seen !== null && html`<br>Đã thấy đến dòng ${alarm.seen}, máy báo dòng ${alarm.told}`}</td>
<td>${alarm.epoch === 0 ? '–' : alarm.epoch}</td><td>${time.display(alarm.firstAt)}</td><td>${time.display(alarm.lastAt)}, ${alarm.times} lần</td>
<td>${viewer.user.role === 'manager' && html`<form method="post" action="/kiosks/alarms/${alarm.id}/settle">${csrfField(viewer)}<button class="danger">Đã xử lý</button></form>`}</td>
</tr>`,
  )
  return html`<section class="notice bad" role="alert"><h2>Cảnh báo an toàn</h2>
<table><thead><tr><th>Máy</th><th>Cảnh báo</th><th>Đợt dữ liệu</th><th>Lần đầu</th><th>Gần nhất</th><th></th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}

function historySection({ kiosk, epochs, faults }: KioskView, time: LocalTime): Html {
  const newest = epochs.at(-1)
  // As `npm run verify-slip -- … --key` takes it.
  const slipKeys = new Set(epochs.map((epoch) => `${epoch.slipKeyId}:${epoch.slipPublicKey}`))
  return html`<section>
<h2>${kiosk.kioskId}</h2>
<dl>
<dt>Nơi đặt</dt><dd>${kiosk.place}</dd>
<dt>Đơn vị</dt><dd>${kiosk.unitCode}</dd>
<dt>Liên lạc gần nhất</dt><dd>${kiosk.lastContactAt ? time.display(kiosk.lastContactAt) : 'Chưa liên lạc'}</dd>
<dt>Đợt dữ liệu</dt><dd>${newest ? `${newest.epoch}, từ ${time.display(newest.registeredAt)}` : 'Chưa đăng ký'}</dd>
<dt>Khóa kiểm phiếu</dt><dd>${slipKeys.size > 0 ? html`<code>${[...slipKeys].join(' ')}</code>` : 'Chưa có'}</dd>
</dl>
${
  faults.length > 0 &&
  html`<table><thead><tr><th>Thiết bị</th><th>Tình trạng</th><th>Mã sự cố</th><th>Lúc</th></tr></thead>
<tbody>${faults.map((fault) => html`<tr><td>${fault.device}</td><td>${fault.state}</td><td>${reasonWord(fault.reason)}</td><td>${time.display(fault.at)}</td></tr>`)}</tbody></table>`
}
</section>`
}

function refusalSection({ refusals, time }: View): Html | false {
  if (refusals.length === 0) return false
  const rows = refusals.map(
    (refusal) =>
      html`<tr><td>${refusal.kioskId}</td><td>${refusal.kind}</td><td>${refusal.cursor}</td><td><code>${refusal.code}</code></td><td>${time.display(refusal.at)}</td></tr>`,
  )
  return html`<section><h2>Máy từ chối, cần xử lý</h2>
<table><thead><tr><th>Máy</th><th>Loại</th><th>Số</th><th>Lý do</th><th>Lúc</th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}
