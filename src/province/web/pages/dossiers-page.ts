import type { LocalTime } from '../../local-time.ts'
import type { Dossier } from '../../store/records/dossier-records.ts'
import { type Html, html } from '../html.ts'
import { statusWord, whereaboutsWord } from '../words.ts'

/** What arrived: no names, nothing is decrypted here. */
export function dossiersPage(view: {
  readonly dossiers: readonly Dossier[]
  readonly total: number
  readonly pageNumber: number
  readonly pageSize: number
  readonly time: LocalTime
}): Html {
  const { dossiers, total, pageNumber, pageSize, time } = view
  if (total === 0) return html`<section><p>Chưa có hồ sơ nào.</p></section>`
  const rows = dossiers.map(
    (dossier) => html`<tr>
<td><a href="/dossiers/${encodeURIComponent(dossier.intakeId)}"><code>${dossier.intakeId}</code></a></td>
<td><code>${dossier.bagCode}</code>${dossier.bagUses > 1 && html`<br><span class="bad">Mã túi dùng ${dossier.bagUses} lần</span>`}</td>
<td>${dossier.procedureCode}</td>
<td>${time.display(dossier.depositedAt)}${!dossier.clockSynchronised && html`<br><span class="warn">giờ máy, chưa đối chiếu</span>`}</td>
<td>${dossier.kioskId}: ${whereaboutsWord(dossier)}</td>
<td>${dossier.dossierCode && html`<code>${dossier.dossierCode}</code><br>`}${statusWord(dossier.status)}</td>
</tr>`,
  )
  const pageCount = Math.ceil(total / pageSize)
  return html`<section>
<table>
<thead><tr><th>Số nộp tại máy</th><th>Mã túi</th><th>Thủ tục</th><th>Gửi lúc</th><th>Túi hồ sơ</th><th>Trạng thái</th></tr></thead>
<tbody>${rows}</tbody>
</table>
<p class="soft">Trang ${pageNumber}/${pageCount}, ${total} hồ sơ.
${pageNumber > 1 && html`<a href="/?page=${pageNumber - 1}">Mới hơn</a>`}
${pageNumber < pageCount && html`<a href="/?page=${pageNumber + 1}">Cũ hơn</a>`}</p>
</section>`
}
