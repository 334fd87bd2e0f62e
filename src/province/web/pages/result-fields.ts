import { assurances } from '../../../contract/province/feed.ts'
import type { Kiosk } from '../../store/records/kiosk-records.ts'
import { type Html, html } from '../html.ts'
import { assuranceWords } from '../words.ts'

/** The fields that say where and how a result lies: the same for both forms. */
export function resultFields(kiosks: readonly Kiosk[], chosenKioskId?: string): Html {
  const options = kiosks.map(
    ({ kioskId, place }) =>
      html`<option value="${kioskId}"${kioskId === chosenKioskId && html` selected`}>${kioskId} · ${place}</option>`,
  )
  return html`<label>Máy <select name="kioskId">${options}</select></label>
<label>Cách xác nhận người nhận <select name="assurance">${assurances.map((assurance) => html`<option value="${assurance}">${assuranceWords[assurance]}</option>`)}</select></label>
<label>Cỡ <select name="size"><option value="small">Nhỏ</option><option value="large">Lớn</option></select></label>
<label>Giữ tại máy (ngày) <input name="keepDays" type="number" min="1" max="60" value="10" required></label>`
}
