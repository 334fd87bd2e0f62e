/** A person before the province's web page: fetches pages, fills in forms, keeps the cookie. */
export interface Officer {
  readonly cookie: string
  /** The page's markup. */
  page(path: string): Promise<string>
  /** Posts a form with the token of the session; answers the outcome in the address it leads to. */
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<PostOutcome>
  /** Accepts a dossier; answers its official code. */
  accept(intakeId: string): Promise<string>
  /** Sends the result of an accepted dossier to a kiosk. */
  sendResult(intakeId: string, fields?: Partial<ResultFields>): Promise<PostOutcome>
  /** Refuses a dossier, or lets it be withdrawn. */
  end(intakeId: string, how: 'refused' | 'withdrawn'): Promise<PostOutcome>
  /** Sends the papers of such a dossier back to a kiosk. */
  sendPapers(intakeId: string, fields?: Partial<ResultFields>): Promise<PostOutcome>
  /** Sends the result of a dossier that was not handed in at a kiosk. */
  sendTypedResult(fields: TypedResultFields): Promise<PostOutcome>
}

export interface PostOutcome {
  readonly status: number
  readonly outcome: string | null
}

export interface ResultFields {
  readonly kioskId: string
  readonly assurance: 'code' | 'codeAndProof' | 'officerOnly'
  readonly size: 'small' | 'large'
  readonly keepDays: string
}

export interface TypedResultFields extends Partial<ResultFields> {
  readonly dossierCode: string
  readonly procedureCode: string
  readonly phone: string
  readonly phoneConfirmed?: 'yes'
}

const defaults: ResultFields = { kioskId: 'K07', assurance: 'code', size: 'small', keepDays: '10' }

export async function signInOfficer(
  url: string,
  account: { readonly name: string; readonly password: string },
): Promise<Officer> {
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ name: account.name, password: account.password }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  if (signedIn.status !== 303 || cookie === undefined) {
    throw new Error(`sign-in answered ${signedIn.status}`)
  }

  const page = async (path: string): Promise<string> => {
    const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    return answer.text()
  }
  const home = await fetch(`${url}/`, { headers: { cookie } })
  const csrf = /name="csrf" value="([^"]+)"/.exec(await home.text())?.[1] ?? ''
  const post = async (path: string, fields: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ ...fields, csrf }),
    })
    await answer.arrayBuffer()
    const location = new URL(answer.headers.get('location') ?? '/', url)
    return { status: answer.status, outcome: location.searchParams.get('outcome') }
  }

  return {
    cookie,
    page,
    post,
    async accept(intakeId) {
      await post(`/dossiers/${intakeId}/accept`)
      const code = /<dt>Mã hồ sơ<\/dt><dd><code>([^<]+)<\/code>/.exec(
        await page(`/dossiers/${intakeId}`),
      )?.[1]
      if (code === undefined) throw new Error(`${intakeId} has no official code`)
      return code
    },
    sendResult: (intakeId, fields) =>
      post(`/dossiers/${intakeId}/result`, { ...defaults, ...fields }),
    end: (intakeId, how) => post(`/dossiers/${intakeId}/end`, { how }),
    sendPapers: (intakeId, fields) =>
      post(`/dossiers/${intakeId}/papers`, { ...defaults, ...fields }),
    sendTypedResult: (fields) => post('/results', { ...defaults, ...fields }),
  }
}
