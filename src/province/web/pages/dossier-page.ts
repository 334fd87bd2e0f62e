import type { Person, SealedDossier } from '../../../contract/province/sealed.ts'
import type { OfficialAdapter } from '../../adapters/contract.ts'
import type { LocalTime } from '../../local-time.ts'
import type { Dossier, DossierEnd } from '../../store/records/dossier-records.ts'
import type { Kiosk } from '../../store/records/kiosk-records.ts'
import type { StoredMessage } from '../../store/records/message-records.ts'
import type { OfficialDelivery } from '../../store/records/official-records.ts'
import type { Result } from '../../store/records/result-records.ts'
import { type Html, html } from '../html.ts'
import { csrfField, type Viewer } from '../layout.ts'
import {
  deliveryStateWords,
  dossierEndWords,
  idKindWords,
  messageWords,
  paperKindWords,
  personSourceWords,
  relationWords,
  resultContentsWords,
  resultStateWords,
  statusWord,
  whereaboutsWord,
} from '../words.ts'
import { resultFields } from './result-fields.ts'
import { scannedPages } from './scanned-pages.ts'

/** What lies in the sealed part, or why it cannot be shown. */
export type OpenedDossier =
  | { readonly ok: true; readonly content: SealedDossier; readonly matchesSlip: boolean }
  | { readonly ok: false }

export interface DossierView {
  readonly viewer: Viewer
  readonly dossier: Dossier
  readonly opened: OpenedDossier
  /** How many of its scanned pages have arrived. */
  readonly heldPages: number
  readonly results: readonly Result[]
  readonly messages: readonly StoredMessage[]
  readonly kiosks: readonly Kiosk[]
  readonly official: readonly OfficialDelivery[]
  readonly adapters: readonly OfficialAdapter[]
  readonly time: LocalTime
}

export function dossierPage(view: DossierView): Html {
  return html`${factsSection(view)}${actionsSection(view)}${contentSection(view)}${view.opened.ok && scannedPages(view.dossier.intakeId, view.opened.content, view.heldPages)}${historySection(view)}`
}

function factsSection({ dossier, official, adapters, time }: DossierView): Html {
  const elsewhere = official.map(
    ({ adapter, state, officialCode }) =>
      html`<dt>${adapters.find(({ id }) => id === adapter)?.name ?? adapter}</dt><dd>${deliveryStateWords[state]}${officialCode && html`, mã <code>${officialCode}</code>`}</dd>`,
  )
  return html`<section>
<h2>Tại máy</h2>
<dl>
<dt>Số nộp tại máy</dt><dd><code>${dossier.intakeId}</code></dd>
<dt>Mã hồ sơ</dt><dd>${dossier.dossierCode ? html`<code>${dossier.dossierCode}</code>` : 'Chưa có, chờ tiếp nhận'}</dd>
<dt>Trạng thái</dt><dd>${statusWord(dossier.status)}</dd>
<dt>Mã túi</dt><dd><code>${dossier.bagCode}</code>${dossier.bagUses > 1 && html` <span class="bad">Mã túi này có ở ${dossier.bagUses} hồ sơ: xin kiểm tra.</span>`}</dd>
<dt>Thủ tục</dt><dd>${dossier.procedureCode}</dd>
<dt>Gửi lúc</dt><dd>${time.display(dossier.depositedAt)}${!dossier.clockSynchronised && html` <span class="warn">(giờ máy, chưa đối chiếu)</span>`}</dd>
<dt>Đến hệ thống lúc</dt><dd>${time.display(dossier.receivedAt)}</dd>
<dt>Túi hồ sơ</dt><dd>${dossier.kioskId}: ${whereaboutsWord(dossier)}</dd>
<dt>Phiếu xác nhận</dt><dd>${dossier.slipPrintedAt ? `Đã in lúc ${time.display(dossier.slipPrintedAt)}` : 'Chưa có tin đã in'}</dd>
${dossier.acceptedAt && html`<dt>Tiếp nhận</dt><dd>${time.display(dossier.acceptedAt)}, ${dossier.acceptedBy}</dd>`}
${dossier.end && html`<dt>${dossierEndWords[dossier.end.how]}</dt><dd>${time.display(dossier.end.at)}, ${dossier.end.by}</dd>`}
${elsewhere}
</dl>
</section>`
}

function actionsSection({ viewer, dossier, results, kiosks }: DossierView): Html {
  const path = `/dossiers/${encodeURIComponent(dossier.intakeId)}`
  const underWay = results.some(({ state }) => state === 'announced' || state === 'stocked')
  const states = results.map(
    ({ what, state, kioskId }) =>
      html`<p>${resultContentsWords[what]}: ${resultStateWords[state]} (máy ${kioskId})</p>`,
  )
  const endForm = (how: DossierEnd['how']) =>
    html`<form method="post" action="${path}/end">${csrfField(viewer)}<input type="hidden" name="how" value="${how}"><button>${dossierEndWords[how]}</button></form>`
  if (dossier.end !== null) {
    return html`<section>
<h2>Trả lại giấy tờ</h2>
<p>Giấy tờ nằm trong túi ${dossier.bagCode}. Khi xếp vào ngăn, đưa mã túi vào khe đọc của máy.</p>
${states}
${
  !underWay &&
  html`<form class="fields" method="post" action="${path}/papers">${csrfField(viewer)}
${resultFields(kiosks, dossier.kioskId)}
<button class="primary">Trả giấy tờ qua máy</button></form>`
}
</section>`
  }
  if (dossier.dossierCode === null) {
    return html`<section>
<h2>Tiếp nhận</h2>
<p>Xin đối chiếu túi hồ sơ trước khi tiếp nhận. Hệ thống sẽ cấp mã hồ sơ.</p>
<form method="post" action="${path}/accept">${csrfField(viewer)}<button class="primary">Tiếp nhận</button></form>
${endForm('refused')}${endForm('withdrawn')}
</section>`
  }
  return html`<section>
<h2>Kết quả</h2>
${states}
${
  !underWay &&
  html`<form class="fields" method="post" action="${path}/result">${csrfField(viewer)}
${resultFields(kiosks, dossier.kioskId)}
<button class="primary">Chuyển kết quả ra máy</button></form>${results.length === 0 && endForm('withdrawn')}`
}
</section>`
}

function contentSection({ dossier, opened, time }: DossierView): Html {
  if (dossier.erasedAt !== null) {
    return html`<section><h2>Nội dung kê khai</h2>
<p>Đã xóa lúc ${time.display(dossier.erasedAt)}.</p></section>`
  }
  if (!opened.ok) {
    return html`<section class="notice bad"><h2>Nội dung kê khai</h2>
<p class="bad">Không mở được nội dung niêm phong. Giấy tờ trong túi vẫn còn: xin xử lý theo túi.</p></section>`
  }
  const { content, matchesSlip } = opened
  const papers = content.papers.map(
    (paper) =>
      html`<tr><td>${paper.name}</td><td>${paperKindWords[paper.kind]}</td><td>${paper.count}</td></tr>`,
  )
  return html`<section>
<h2>Nội dung kê khai</h2>
${!matchesSlip && html`<p class="bad">Nội dung không khớp với mã trên phiếu xác nhận: xin kiểm tra kỹ.</p>`}
<dl>
<dt>Thủ tục</dt><dd>${content.procedureName}</dd>
<dt>Quan hệ</dt><dd>${relationWords[content.relation]}</dd>
${personRows('Người nộp', content.applicant)}
${content.relation !== 'self' && personRows('Chủ hồ sơ', content.owner)}
<dt>Số điện thoại</dt><dd>${content.phone || 'Không có'}${content.phone !== '' && (content.phoneConfirmed ? ' (đã xác nhận)' : html` <span class="warn">(chưa xác nhận)</span>`)}</dd>
</dl>
</section>
<section>
<h2>Thành phần hồ sơ, theo kê khai</h2>
<table><thead><tr><th>Giấy tờ</th><th>Loại</th><th>Số bản</th></tr></thead><tbody>${papers}</tbody></table>
</section>`
}

function personRows(label: string, person: Person): Html {
  return html`<dt>${label}</dt><dd><strong>${person.name}</strong> (${personSourceWords[person.source]})<br>
${idKindWords[person.idKind]}: ${person.idNumber || 'không có'}<br>
${person.birthDate && html`Ngày sinh: ${person.birthDate}<br>`}${person.sex && html`Giới tính: ${person.sex}<br>`}${person.address}</dd>`
}

function historySection({ messages, time }: DossierView): Html {
  const rows = messages.map(
    (message) =>
      html`<tr><td>${messageWords[message.kind]}</td><td>${time.display(message.at)}</td><td>${time.display(message.receivedAt)}</td></tr>`,
  )
  return html`<section>
<h2>Tin từ máy</h2>
<table><thead><tr><th>Tin</th><th>Giờ máy</th><th>Nhận lúc</th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}
