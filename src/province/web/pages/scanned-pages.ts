import type { SealedDossier } from '../../../contract/province/sealed.ts'
import { type Html, html } from '../html.ts'

/** What was scanned at the machine, and whether all of it is here. */
export function scannedPages(
  intakeId: string,
  { pages = [] }: SealedDossier,
  heldPages: number,
): Html | false {
  if (pages.length === 0) return false
  const path = `/dossiers/${encodeURIComponent(intakeId)}/pages.pdf`
  return html`<section>
<h2>Bản quét tại máy</h2>
<p>${pages.length} trang, do người nộp quét, chưa được đối chiếu với bản giấy.</p>
${
  heldPages < pages.length
    ? html`<p class="warn">Mới đến ${heldPages} trang.</p>`
    : html`<p><a href="${path}">Mở tất cả các trang (PDF)</a></p>`
}
</section>`
}

export function missingPages(amiss: {
  readonly missing: readonly number[]
  readonly wrong: readonly number[]
}): Html {
  return html`<section class="notice bad">
<h2>Bản quét chưa dùng được</h2>
${amiss.missing.length > 0 && html`<p class="bad">Chưa đến: trang ${amiss.missing.join(', ')}.</p>`}
${amiss.wrong.length > 0 && html`<p class="bad">Không mở được, hoặc không khớp với hồ sơ: trang ${amiss.wrong.join(', ')}.</p>`}
<p>Giấy tờ trong túi vẫn còn: xin xử lý theo túi.</p>
</section>`
}
