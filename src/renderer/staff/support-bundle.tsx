import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'

const tones = { writing: 'plain', safeToRemove: 'good', failed: 'alert' } as const

/** "Safe to remove" is said only of what was read back. */
export function SupportBundle({ screen }: ScreenProps<'supportBundle'>) {
  const { text } = useKiosk()
  const { state, file, bytes } = screen
  return (
    <Page
      className="staff"
      tone={tones[state]}
      title={text(`supportBundle.${state}`)}
      lead={text(`supportBundle.${state}Lead`, {
        file: file ?? '',
        kilobytes: Math.ceil(bytes / 1_000),
      })}
    />
  )
}
