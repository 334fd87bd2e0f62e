import type { OfficialAdapter } from '../../adapters/contract.ts'
import type { LocalTime } from '../../local-time.ts'
import type { OfficialDelivery, OfficialSystem } from '../../store/records/official-records.ts'
import { type Html, html } from '../html.ts'
import { csrfField, type Viewer } from '../layout.ts'
import { deliveryStateWords, officialProblemWord } from '../words.ts'

export interface OfficialRow {
  readonly delivery: OfficialDelivery
  /** The system's own words, for those who may read them. */
  readonly answer: string | undefined
}

interface View {
  readonly viewer: Viewer
  /** Operators see the queue, officers and managers decide. */
  readonly mayDecide: boolean
  readonly adapters: readonly OfficialAdapter[]
  readonly systems: readonly OfficialSystem[]
  readonly rows: readonly OfficialRow[]
  readonly time: LocalTime
}

export function officialPage(view: View): Html {
  const { adapters, systems, time } = view
  if (adapters.length === 0 && systems.length === 0) {
    return html`<section><p>Chưa cấu hình hệ thống nào. Hồ sơ được tiếp nhận chỉ nằm ở đây.</p></section>`
  }
  const rows = systems.map((system) => {
    const { counts } = system
    return html`<tr>
<td><strong>${nameOf(adapters, system.adapter)}</strong></td>
<td>${contact(system, time)}</td>
<td>${counts.pending + counts.sending}</td>
<td>${counts.parked > 0 ? html`<strong class="bad">${counts.parked}</strong>` : 0}</td>
<td>${counts.delivered}</td>
<td>${system.oldestAt ? time.display(system.oldestAt) : 'Không có'}</td>
</tr>`
  })
  return html`<section>
<table><thead><tr><th>Hệ thống</th><th>Kết nối</th><th>Đang chờ</th><th>Cần xử lý</th><th>Đã chuyển</th><th>Chờ lâu nhất, tiếp nhận lúc</th></tr></thead><tbody>${rows}</tbody></table>
</section>${waitingSection(view)}`
}

function contact({ problem, problemAt, pausedUntil, answeredAt }: OfficialSystem, time: LocalTime) {
  if (problem !== null && problemAt !== null) {
    return html`<span class="bad">${officialProblemWord(problem)}</span><br>Lúc ${time.display(problemAt)}${pausedUntil && `, thử lại lúc ${time.display(pausedUntil)}`}`
  }
  return answeredAt ? html`Đã trả lời lúc ${time.display(answeredAt)}` : html`Chưa chuyển hồ sơ nào`
}

function waitingSection(view: View): Html | false {
  const { rows, adapters, mayDecide, time } = view
  if (rows.length === 0) return false
  const lines = rows.map((row) => {
    const { adapter, intakeId, dossierCode, officialCode, state, problem, nextTryAt } = row.delivery
    const number = mayDecide
      ? html`<a href="/dossiers/${encodeURIComponent(intakeId)}"><code>${dossierCode}</code></a>`
      : html`<code>${dossierCode}</code>`
    return html`<tr>
<td>${number}${officialCode && html`<br><code>${officialCode}</code>`}</td>
<td>${nameOf(adapters, adapter)}</td>
<td>${state === 'parked' ? html`<strong class="bad">${deliveryStateWords[state]}</strong>` : deliveryStateWords[state]}</td>
<td>${problem && officialProblemWord(problem)}${row.answer && html`<br>Câu trả lời: <q>${row.answer}</q>`}</td>
<td>${state === 'parked' ? decisions(view, row) : time.display(nextTryAt)}</td>
</tr>`
  })
  return html`<section><h2>Chưa chuyển xong</h2>
<table><thead><tr><th>Mã hồ sơ</th><th>Hệ thống</th><th>Tình trạng</th><th>Lý do</th><th>Lần thử tới</th></tr></thead><tbody>${lines}</tbody></table>
</section>`
}

function decisions({ viewer, mayDecide }: View, { delivery }: OfficialRow): Html {
  if (!mayDecide) return html`Cán bộ một cửa xử lý`
  const { adapter, intakeId, problem } = delivery
  const button = (how: string, label: string) =>
    html`<form method="post" action="/official/${encodeURIComponent(adapter)}/${encodeURIComponent(intakeId)}">${csrfField(viewer)}<input type="hidden" name="how" value="${how}"><button>${label}</button></form>`
  return problem === 'CANNOT_LOOK'
    ? html`${button('isThere', 'Đã có')}${button('isNotThere', 'Chưa có, gửi')}`
    : button('again', 'Gửi lại')
}

function nameOf(adapters: readonly OfficialAdapter[], id: string): string {
  return adapters.find((adapter) => adapter.id === id)?.name ?? id
}
