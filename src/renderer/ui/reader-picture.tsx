/** What is held to the reader, drawn above the real slot: the reader's window and its light. */
export function ReaderPicture({ held }: { readonly held: 'card' | 'bag' | 'code' | 'envelope' }) {
  return (
    <svg className="reader" viewBox="0 0 400 300" aria-hidden="true">
      <g className="held">
        <Held held={held} />
      </g>
      <path className="beam" d="M150 246 L110 150 L290 150 L250 246 Z" />
      <rect className="box" x={60} y={240} width={280} height={52} rx={10} />
      <rect className="window" x={140} y={250} width={120} height={20} rx={4} />
    </svg>
  )
}

function Held({ held }: { readonly held: 'card' | 'bag' | 'code' | 'envelope' }) {
  switch (held) {
    case 'card':
      return (
        <>
          <rect x={110} y={40} width={180} height={112} rx={12} />
          <circle cx={155} cy={90} r={22} />
          <path d="M195 74h50M195 92h36" />
          <QrGlyph x={246} y={104} side={34} />
        </>
      )
    case 'bag':
      return (
        <>
          <rect x={120} y={10} width={160} height={142} rx={6} />
          <path d="M120 40h160M150 10v30M250 10v30" />
          <path
            className="bars"
            d="M150 118v22M158 118v22M170 118v22M176 118v22M190 118v22M204 118v22M210 118v22M222 118v22M236 118v22M250 118v22"
          />
        </>
      )
    case 'code':
      return (
        <>
          <rect x={145} y={6} width={110} height={150} rx={14} />
          <path d="M185 18h30" />
          <QrGlyph x={165} y={46} side={70} />
        </>
      )
    case 'envelope':
      return (
        <>
          <rect x={100} y={36} width={200} height={116} rx={6} />
          <path d="M100 40l100 62l100-62" />
          <QrGlyph x={256} y={110} side={34} />
        </>
      )
  }
}

/** Three corners and a few modules: enough to be known as a QR code. */
function QrGlyph({
  x,
  y,
  side,
}: {
  readonly x: number
  readonly y: number
  readonly side: number
}) {
  const module = side / 7
  return (
    <path
      className="code"
      transform={`translate(${x} ${y}) scale(${module})`}
      fillRule="evenodd"
      d="M0 0h3v3h-3zM.75 .75v1.5h1.5v-1.5zM4 0h3v3h-3zM4.75 .75v1.5h1.5v-1.5zM0 4h3v3h-3zM.75 4.75v1.5h1.5v-1.5zM4 4h1v1h-1zM6 4h1v1h-1zM5 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z"
    />
  )
}
