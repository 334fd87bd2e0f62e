export const scannerScenes = [
  'ready',
  'feeding',
  'jam',
  'doubleFeed',
  'coverOpen',
  'empty',
  'silent',
  'leftover',
] as const
export type ScannerScene = (typeof scannerScenes)[number]

/** The sheet feeder as the citizen faces it: tray above, rollers in the dark slot, the way out below. */
export function ScannerPicture({ scene }: { readonly scene: ScannerScene }) {
  const isCoverOpen = scene === 'coverOpen'
  return (
    <svg className={`scanner ${scene}`} viewBox="0 0 400 300" aria-hidden="true">
      <path className="tray" d="M120 132 L92 22 L308 22 L280 132" />
      <Above scene={scene} />
      <g className="body">
        <rect x={70} y={132} width={260} height={92} rx={12} />
        <rect className="slot" x={112} y={140} width={176} height={10} rx={5} />
        <rect className="slot" x={112} y={206} width={176} height={10} rx={5} />
        <circle className="lamp" cx={304} cy={178} r={8} />
      </g>
      {isCoverOpen && <path className="cover" d="M70 140 L26 84 L286 20 L330 140" />}
      <Below scene={scene} />
    </svg>
  )
}

function Above({ scene }: { readonly scene: ScannerScene }) {
  switch (scene) {
    case 'ready':
      return (
        <>
          <Sheet className="sheet going-in" y={26} height={106} />
          <path className="arrow" d="M200 40v56M180 78l20 22l20-22" />
        </>
      )
    case 'feeding':
      return <Sheet className="sheet going-in" y={70} height={62} />
    case 'jam':
      return (
        <path
          className="sheet stuck"
          d="M128 132 L124 84 L150 96 L178 76 L204 98 L232 78 L256 94 L276 82 L272 132 Z"
        />
      )
    case 'doubleFeed':
      return (
        <>
          <Sheet className="sheet stuck" x={142} y={58} height={74} />
          <Sheet className="sheet stuck" x={126} y={72} height={60} />
        </>
      )
    case 'leftover':
      return (
        <>
          <Sheet className="sheet" y={50} height={82} />
          <path className="arrow" d="M200 118V60M180 82l20-22l20 22" />
        </>
      )
    case 'empty':
      return <path className="missing" d="M128 132V48h144v84" />
    case 'coverOpen':
    case 'silent':
      return null
  }
}

function Below({ scene }: { readonly scene: ScannerScene }) {
  if (scene === 'feeding') return <Sheet className="sheet coming-out" y={214} height={66} />
  if (scene !== 'silent') return null
  return <path className="quiet" d="M164 258h0M200 258h0M236 258h0" />
}

function Sheet(props: {
  readonly className: string
  readonly x?: number
  readonly y: number
  readonly height: number
}) {
  const { className, x = 128, y, height } = props
  const lines = [0.25, 0.45, 0.65].map((share) => y + height * share)
  return (
    <g className={className}>
      <rect x={x} y={y} width={144} height={height} rx={3} />
      {lines.map((line) => (
        <path key={line} d={`M${x + 18} ${line}h${line === lines[2] ? 66 : 108}`} />
      ))}
    </g>
  )
}
