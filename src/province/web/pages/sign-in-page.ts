import { type Html, html } from '../html.ts'

const failures = {
  wrong: 'Tên hoặc mật khẩu chưa đúng.',
  locked: 'Đã sai nhiều lần. Tài khoản tạm khóa, xin thử lại sau.',
  busy: 'Đang có nhiều người đăng nhập. Xin thử lại sau ít giây.',
} as const

export function signInPage(failure?: keyof typeof failures): Html {
  return html`<section class="narrow">
${failure && html`<p class="bad" role="alert">${failures[failure]}</p>`}
<form method="post" action="/sign-in">
<label>Tên đăng nhập <input name="name" autocomplete="username" required autofocus maxlength="40"></label>
<label>Mật khẩu <input name="password" type="password" autocomplete="current-password" required maxlength="200"></label>
<button class="primary">Đăng nhập</button>
</form>
</section>`
}
