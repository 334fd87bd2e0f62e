import type { LocalTime } from '../../local-time.ts'
import type { StaffGrant } from '../../store/records/user-records.ts'
import { type Html, html } from '../html.ts'
import { csrfField, type Viewer } from '../layout.ts'
import { roleWords } from '../words.ts'

export function staffPage(view: {
  readonly viewer: Viewer
  readonly grants: readonly StaffGrant[]
  readonly time: LocalTime
}): Html {
  const { viewer, grants, time } = view
  const rows = grants.map(
    (grant) => html`<tr>
<td><code>${grant.staffId}</code></td><td>${grant.displayName}</td><td>${roleWords[grant.role]}</td>
<td>${time.display(grant.notBefore)} – ${time.display(grant.notAfter)}</td>
<td>${
      grant.revokedAt
        ? html`<span class="bad">Đã thu hồi lúc ${time.display(grant.revokedAt)}, ${grant.revokedBy}</span>`
        : html`<form method="post" action="/staff/${encodeURIComponent(grant.grantId)}/revoke">${csrfField(viewer)}<button class="danger">Thu hồi</button></form>`
    }</td>
</tr>`,
  )
  return html`<section>
<h2>Cấp quyền</h2>
<form class="fields" method="post" action="/staff">${csrfField(viewer)}
<label>Mã cán bộ <input name="staffId" required maxlength="64" pattern="[A-Za-z0-9._\\-]+"></label>
<label>Họ tên <input name="displayName" required maxlength="80"></label>
<label>Vai trò <select name="role">${Object.entries(roleWords).map(([role, word]) => html`<option value="${role}">${word}</option>`)}</select></label>
<label>Mã trên thẻ <input name="badge" required minlength="4" maxlength="200" autocomplete="off"></label>
<label>Số PIN (6–12 chữ số) <input name="pin" type="password" inputmode="numeric" pattern="\\d{6,12}" required autocomplete="new-password"></label>
<label>Hiệu lực (ngày) <input name="validDays" type="number" min="1" max="366" value="90" required></label>
<button class="primary">Cấp quyền</button>
</form>
</section>
<section>
<table><thead><tr><th>Mã cán bộ</th><th>Họ tên</th><th>Vai trò</th><th>Hiệu lực</th><th></th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}
