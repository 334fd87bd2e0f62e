import type { Display } from '../../contract/display.ts'
import { useKiosk } from '../api/kiosk-context.ts'

const marks: Readonly<Record<keyof Display, string>> = {
  largeText: 'M6 38 17 10h2l11 28M10 29h16M32 38l7-18h1l7 18M34 33h11',
  highContrast: 'M24 6a18 18 0 0 1 0 36Z',
  reach: 'M24 6v22M15 20l9 9 9-9M8 40h32',
}

/** How this person wants the screen: three switches, on every screen of a citizen. */
export function DisplayChoices() {
  const { snapshot, text, send } = useKiosk()
  const { display, role } = snapshot
  if (role !== 'nobody' && role !== 'citizen') return null
  return (
    <div className="display-choices">
      {(Object.keys(marks) as (keyof Display)[]).map((name) => (
        <button
          key={name}
          type="button"
          data-testid={`display-${name}`}
          aria-label={text(`display.${name}`)}
          aria-pressed={display[name]}
          onClick={() =>
            send({ path: 'session.setDisplay', input: { ...display, [name]: !display[name] } })
          }
        >
          <svg viewBox="0 0 48 48" aria-hidden="true">
            {name === 'highContrast' && <circle cx="24" cy="24" r="18" className="ring" />}
            <path d={marks[name]} className={name === 'highContrast' ? 'filled' : 'ring'} />
          </svg>
          <span>{text(`display.${name}`)}</span>
        </button>
      ))}
    </div>
  )
}
