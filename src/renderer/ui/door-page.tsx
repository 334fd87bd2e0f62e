import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { DoorView, ScreenProblem } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { DoorPlate } from './door-plate.tsx'
import { DoorScene, type DoorSceneProps } from './door-scene.tsx'
import { Page } from './page.tsx'
import { playSignal } from './sound.ts'
import { Wall } from './wall.tsx'

interface DoorPageProps {
  readonly journey:
    | 'deposit'
    | 'collect'
    | 'stock'
    | 'empty'
    | 'return'
    | 'look'
    | 'inspect'
    | 'offList'
  readonly door: DoorView
  /** Code of the bag or dossier, where staff see one. */
  readonly code?: string
  readonly problem?: ScreenProblem | null
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Staff know their doors. */
const scenes: Partial<Record<DoorPageProps['journey'], Omit<DoorSceneProps, 'step'>>> = {
  deposit: { thing: 'bag', way: 'in' },
  collect: { thing: 'envelope', way: 'out' },
}

/** One compartment, lit in the picture of the real wall, and what to do at it now. */
export function DoorPage({ journey, door, code = '', problem, children, actions }: DoorPageProps) {
  const { text } = useKiosk()
  const isAlert = door.step === 'leftOpen' || door.step === 'notOpened'
  const isLeftOpen = door.step === 'leftOpen'
  useEffect(() => {
    if (!isLeftOpen) return
    playSignal('alarm')
    const timer = setInterval(() => playSignal('alarm'), 4_000)
    return () => clearInterval(timer)
  }, [isLeftOpen])
  const scene = scenes[journey]
  const key = `door.${journey}.${door.step}`
  const values = { number: door.compartment, code }
  return (
    <Page
      className="door"
      tone={isAlert ? 'alert' : 'plain'}
      mark={<DoorPlate compartment={door.compartment} />}
      title={text(`${key}.title`, values)}
      lead={text(`${key}.lead`, values)}
      problem={problem ?? null}
      aside={scene && <DoorScene {...scene} step={door.step} />}
      actions={actions}
    >
      <div
        className="door-view"
        data-testid="door"
        data-step={door.step}
        data-compartment={door.compartment}
      >
        <Wall compartment={door.compartment} alert={isAlert} />
      </div>
      {children}
    </Page>
  )
}
