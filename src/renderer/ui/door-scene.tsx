import type { DoorView } from '../../contract/screen.ts'

export interface DoorSceneProps {
  /** What goes through the door, and which way. */
  readonly thing: 'bag' | 'envelope'
  readonly way: 'in' | 'out'
  readonly step: DoorView['step']
}

/** The compartment from near by: what a hand does at it now. The door hangs on its left side. */
export function DoorScene({ thing, way, step }: DoorSceneProps) {
  const isOpen = step === 'open' || step === 'closeDoor' || step === 'leftOpen'
  return (
    <svg className={`door-scene ${step} ${way}`} viewBox="0 0 640 250" aria-hidden="true">
      <rect className="cabinet" x={150} y={6} width={340} height={238} rx={12} />
      <rect className="inside" x={190} y={36} width={260} height={178} rx={4} />
      {isOpen && <path className="floor" d="M190 214L230 178H410L450 214Z" />}
      {isOpen && <Thing thing={thing} way={way} step={step} />}
      {isOpen ? (
        <g className="leaf">
          <path d="M190 36L84 12V238L190 214Z" />
          <path className="grip" d="M104 112v28" />
        </g>
      ) : (
        <g className="leaf shut">
          <rect x={190} y={36} width={260} height={178} rx={4} />
          <path className="grip" d="M424 108v34" />
        </g>
      )}
      <Sign step={step} way={way} />
    </svg>
  )
}

function Thing({ thing, way, step }: DoorSceneProps) {
  // The bag lies inside once it was seen; the envelope is gone.
  if (step === 'closeDoor' && way === 'out') return null
  const className = step === 'open' ? `thing moving-${way}` : 'thing'
  return (
    <g className={className}>
      {thing === 'bag' ? (
        <>
          <rect x={272} y={96} width={96} height={104} rx={4} />
          <path d="M272 118h96M290 182v-20M298 182v-20M308 182v-20M314 182v-20M326 182v-20M338 182v-20M350 182v-20" />
        </>
      ) : (
        <>
          <rect x={252} y={124} width={136} height={76} rx={4} />
          <path d="M252 128l68 40l68-40" />
        </>
      )}
    </g>
  )
}

/** What the hand, or the machine, does: always to be seen, also where nothing moves. */
function Sign({ step, way }: Pick<DoorSceneProps, 'step' | 'way'>) {
  switch (step) {
    case 'open':
      return way === 'in' ? (
        <path className="arrow" d="M556 126H472m36-34l-38 34l38 34" />
      ) : (
        <path className="arrow" d="M474 126h84m-36-34l38 34l-38 34" />
      )
    case 'closeDoor':
    case 'leftOpen':
      return <path className="arrow push" d="M40 126C40 60 96 34 150 60m-16-34l20 36l-40 12" />
    case 'notOpened':
      return <path className="arrow push" d="M586 126H478m36-34l-38 34l38 34" />
    case 'opening':
      return <Lock shackle="M300 112v-22a20 20 0 0 1 40 0" />
    case 'checking':
      return <path className="quiet" d="M272 125h0M320 125h0M368 125h0" />
  }
}

export function Lock({ shackle = 'M300 112v-18a20 20 0 0 1 40 0v18' }: { shackle?: string }) {
  return (
    <g className="lock">
      <rect x={286} y={112} width={68} height={54} rx={8} />
      <path d={shackle} />
    </g>
  )
}
