import type { PanelState } from '../panel-world.ts'
import { button, h, live } from './dom.ts'
import { hold } from './reader.ts'

const draw = live('phone')

export function drawPhone({ sms }: PanelState): void {
  draw(sms, () => [
    sms.length === 0
      ? h('p', { class: 'quiet' }, 'Chưa có tin · no messages yet')
      : h(
          'div',
          { class: 'scroll' },
          ...sms.map(({ phone, at, text, attachment }) =>
            h(
              'div',
              { class: 'sms' },
              h('small', {}, `${phone} · ${new Date(at).toLocaleTimeString('vi')}`),
              h('p', {}, text),
              attachment === null
                ? undefined
                : button(
                    'Đưa mã QR trong điện thoại vào máy đọc',
                    'hold the one-time QR',
                    () => void hold(attachment.payload),
                  ),
            ),
          ),
        ),
  ])
}
