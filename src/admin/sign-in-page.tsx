import { AdminLayout } from './admin-layout.tsx'

/** Where a podcaster signs in; with what was wrong, when something was. */
export const signInPage = (problem?: string) => (
  <AdminLayout title={problem ? 'Error: Sign in · Longwave' : 'Sign in · Longwave'} isSignedIn={false}>
    <form class="card sign-in" method="post" action="/admin/sign-in" data-sign-in="">
      <h1>Sign in</h1>
      {problem && (
        <p class="problem" id="sign-in-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="field">
        <label for="token">Token</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          required
          autofocus
          aria-describedby={problem ? 'sign-in-problem token-hint' : 'token-hint'}
        />
        <p class="hint" id="token-hint">
          It is what <code>ADMIN_TOKEN</code> was set to. Without that, Longwave printed it in the terminal at its first
          start. Lost it? Start Longwave once with <code>ADMIN_TOKEN=</code> and a new one.
        </p>
      </div>
      <button type="submit">Sign in</button>
    </form>
  </AdminLayout>
)
