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
  // Whether they are counted from 0 or 1 is the configuration's matter.
  const firstColumn = Math.min(...wall.map((cell) => cell.column))
  const lastColumn = Math.max(...wall.map((cell) => cell.column))
  const firstRow = Math.min(...wall.map((cell) => cell.row))
  const tops = rowTops(wall, firstRow)
  const width = (lastColumn - firstColumn + 1) * (cellWidth + gap) + gap
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
        const x = gap + (cell.column - firstColumn) * (cellWidth + gap)
        const y = gap + (tops[cell.row - firstRow] ?? 0)
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
function rowTops(wall: Snapshot['wall'], firstRow: number): number[] {
  const lastRow = Math.max(...wall.map((cell) => cell.row))
  const tops = [0]
  for (let row = firstRow; row <= lastRow; row++) {
    const isLarge = wall.some((cell) => cell.row === row && cell.size === 'large')
    tops.push((tops.at(-1) ?? 0) + (isLarge ? largeHeight : smallHeight) + gap)
  }
  return tops
}
