import type { User, UserRole } from '../store/records/user-records.ts'
import { type Html, html } from './html.ts'
import { aboutDossiers, aboutKiosks, aboutPeople } from './page-roles.ts'
import { type OutcomeKey, outcomeWords } from './words.ts'

/** What every signed-in page knows. */
export interface Viewer {
  readonly user: User
  readonly csrfToken: string
}

/** The pages of each role; the routes refuse all others. */
const tabs: readonly { href: string; label: string; roles: readonly UserRole[] }[] = [
  { href: '/', label: 'Hồ sơ nộp qua máy', roles: aboutDossiers },
  { href: '/results', label: 'Kết quả', roles: aboutDossiers },
  { href: '/sms', label: 'Tin nhắn', roles: aboutDossiers },
  { href: '/kiosks', label: 'Máy', roles: aboutKiosks },
  { href: '/official', label: 'Hệ thống chính thức', roles: aboutKiosks },
  { href: '/staff', label: 'Cán bộ tại máy', roles: aboutPeople },
  { href: '/access-log', label: 'Nhật ký truy cập', roles: aboutPeople },
]

export function csrfField(viewer: Viewer): Html {
  return html`<input type="hidden" name="csrf" value="${viewer.csrfToken}">`
}

export function outcomeNotice(key: string | undefined): Html | null {
  if (key === undefined || !Object.hasOwn(outcomeWords, key)) return null
  const { good, text } = outcomeWords[key as OutcomeKey]
  return html`<section class="${good ? 'notice' : 'notice bad'}" role="status">${text}</section>`
}

export interface PageOptions {
  readonly provinceName: string
  readonly title: string
  readonly viewer?: Viewer
  readonly path?: string
  readonly outcome?: string | undefined
  readonly body: Html
}

export function page({ provinceName, title, viewer, path, outcome, body }: PageOptions): string {
  const links = tabs
    .filter((tab) => viewer && tab.roles.includes(viewer.user.role))
    .map(
      (tab) =>
        html`<a href="${tab.href}"${tab.href === path ? html` aria-current="page"` : null}>${tab.label}</a>`,
    )
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${provinceName}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<strong>${provinceName}</strong>
${
  viewer &&
  html`<nav aria-label="Các trang">${links}</nav>
<form method="post" action="/sign-out">${csrfField(viewer)}
<a href="/password">${viewer.user.displayName}</a><button>Đăng xuất</button></form>`
}
</header>
<main>
${outcomeNotice(outcome)}
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
}
