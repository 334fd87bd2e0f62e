import { type Html, html } from '../html.ts'

export const signInFailures = {
  wrong: 'Tên hoặc mật khẩu chưa đúng. Sai nhiều lần thì phải chờ ít phút mới đăng nhập được.',
  tooMany: 'Nơi này đã thử sai quá nhiều lần. Xin thử lại sau ít phút.',
  busy: 'Đang có nhiều người đăng nhập. Xin thử lại sau ít giây.',
} as const

export function signInPage(failure?: keyof typeof signInFailures): Html {
  return html`<section class="narrow">
${failure && html`<p class="bad" role="alert">${signInFailures[failure]}</p>`}
<form method="post" action="/sign-in">
<label>Tên đăng nhập <input name="name" autocomplete="username" required autofocus maxlength="40"></label>
<label>Mật khẩu <input name="password" type="password" autocomplete="current-password" required maxlength="200"></label>
<button class="primary">Đăng nhập</button>
</form>
</section>`
}
