import { type Html, html } from '../html.ts'
import { csrfField, type Viewer } from '../layout.ts'
import { longestPassword, shortestPassword } from '../password-rule.ts'

export function passwordPage(viewer: Viewer, failure?: string): Html {
  return html`<section class="narrow">
${failure && html`<p class="bad" role="alert">${failure}</p>`}
<form method="post" action="/password">${csrfField(viewer)}
<label>Mật khẩu hiện tại <input name="current" type="password" autocomplete="current-password" required maxlength="200"></label>
<label>Mật khẩu mới (ít nhất ${String(shortestPassword)} ký tự) <input name="next" type="password" autocomplete="new-password" required minlength="${String(shortestPassword)}" maxlength="${String(longestPassword)}"></label>
<label>Nhập lại mật khẩu mới <input name="again" type="password" autocomplete="new-password" required maxlength="${String(longestPassword)}"></label>
<button class="primary">Đổi mật khẩu</button>
</form>
<p>Đổi xong, mọi phiên đăng nhập của ông/bà kết thúc và cần đăng nhập lại.</p>
</section>`
}
