import type { LocalTime } from '../../local-time.ts'
import type { AccessEntry } from '../../store/records/user-records.ts'
import { type Html, html } from '../html.ts'
import { accessWords } from '../words.ts'

export function accessLogPage(entries: readonly AccessEntry[], time: LocalTime): Html {
  const rows = entries.map(
    ({ at, user, action, subject }) =>
      html`<tr><td>${time.display(at)}</td><td>${user}</td><td>${accessWords[action]}</td><td><code>${subject}</code></td></tr>`,
  )
  return html`<section>
<table><thead><tr><th>Lúc</th><th>Người dùng</th><th>Việc</th><th>Đối tượng</th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}
