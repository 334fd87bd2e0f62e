import type { Snapshot } from '../../contract/snapshot.ts'
import { useKiosk } from '../api/kiosk-context.ts'

const cellWidth = 120
const smallHeight = 56
const largeHeight = 112
const gap = 10

/** The machine's real wall of compartments, the meant one lit. */
export function Wall({
  compartment,
  alert,
}: {
  readonly compartment: number
  readonly alert: boolean
}) {
  const { snapshot, text } = useKiosk()
  const { wall } = snapshot
  const columns = Math.max(0, ...wall.map((cell) => cell.column)) + 1
  const tops = rowTops(wall)
  const width = columns * (cellWidth + gap) + gap
  const height = (tops.at(-1) ?? 0) + gap
  return (
    <svg
      className={`wall ${alert ? 'alert' : ''}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text('frame.compartment', { number: compartment })}
      data-testid="wall"
    >
      <rect className="cabinet" width={width} height={height} rx={8} />
      {wall.map((cell) => {
        const x = gap + cell.column * (cellWidth + gap)
        const y = gap + (tops[cell.row] ?? 0)
        const cellHeight = cell.size === 'large' ? largeHeight : smallHeight
        const lit = cell.compartment === compartment
        return (
          <g key={cell.compartment} className={lit ? 'cell lit' : 'cell'}>
            <rect x={x} y={y} width={cellWidth} height={cellHeight} rx={4} />
            <text x={x + cellWidth / 2} y={y + cellHeight / 2} dominantBaseline="central">
              {cell.compartment}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** Where each row begins, and where the last one ends. */
function rowTops(wall: Snapshot['wall']): number[] {
  const rows = Math.max(-1, ...wall.map((cell) => cell.row)) + 1
  const tops = [0]
  for (let row = 0; row < rows; row++) {
    const isLarge = wall.some((cell) => cell.row === row && cell.size === 'large')
    tops.push((tops.at(-1) ?? 0) + (isLarge ? largeHeight : smallHeight) + gap)
  }
  return tops
}
