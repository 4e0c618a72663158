/** A command as it is typed at the server's terminal. */
export function Typed({ children }: { readonly children: string }) {
  return (
    <p>
      <code class="typed">{children}</code>
    </p>
  );
}
