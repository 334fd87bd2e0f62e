import { displayDay, type LocalTime } from '../../local-time.ts'
import type { Kiosk } from '../../store/records/kiosk-records.ts'
import type { Result } from '../../store/records/result-records.ts'
import { type Html, html } from '../html.ts'
import { csrfField, type Viewer } from '../layout.ts'
import { assuranceWords, resultStateWords } from '../words.ts'
import { resultFields } from './result-fields.ts'

export function resultsPage(view: {
  readonly viewer: Viewer
  readonly results: readonly Result[]
  readonly kiosks: readonly Kiosk[]
  readonly time: LocalTime
}): Html {
  const { viewer, results, kiosks, time } = view
  const rows = results.map(
    (result) => html`<tr>
<td><code>${result.dossierCode}</code>${result.intakeId && html`<br><a href="/dossiers/${encodeURIComponent(result.intakeId)}">${result.intakeId}</a>`}</td>
<td>${result.procedureCode}</td>
<td>${result.kioskId}</td>
<td>${assuranceWords[result.assurance]}</td>
<td>${resultStateWords[result.state]}${result.state === 'stocked' && result.lastDay && html`<br>đến hết ngày ${displayDay(result.lastDay)}`}</td>
<td>${time.display(result.announcedAt)}<br>${result.announcedBy}</td>
<td>${
      result.state === 'stocked' &&
      html`<form method="post" action="/results/${encodeURIComponent(result.resultId)}/revoke">${csrfField(viewer)}<button class="danger">Thu hồi mã nhận</button></form>
<form method="post" action="/results/${encodeURIComponent(result.resultId)}/resend">${csrfField(viewer)}<button>Gửi lại mã</button></form>`
    }</td>
</tr>`,
  )
  return html`<section>
<h2>Chuyển kết quả của hồ sơ không nộp qua máy</h2>
<form class="fields" method="post" action="/results">${csrfField(viewer)}
<label>Mã hồ sơ <input name="dossierCode" required maxlength="64"></label>
<label>Mã thủ tục <input name="procedureCode" required maxlength="64"></label>
<label>Số điện thoại người nhận <input name="phone" inputmode="numeric" required maxlength="20"></label>
<label class="check"><input type="checkbox" name="phoneConfirmed" value="yes"> Số đã được xác nhận</label>
${resultFields(kiosks)}
<button class="primary">Chuyển kết quả ra máy</button>
</form>
</section>
<section>
<table>
<thead><tr><th>Mã hồ sơ</th><th>Thủ tục</th><th>Máy</th><th>Xác nhận</th><th>Tình trạng</th><th>Chuyển lúc</th><th></th></tr></thead>
<tbody>${rows}</tbody>
</table>
</section>`
}
