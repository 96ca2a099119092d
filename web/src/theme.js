// Light or dark: the system's choice until the reader makes another, remembered where the browser allows it.

const KEY = 'cosmodrome-theme';

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // a page from disk may have no storage; the choice then lasts as long as the page
  }
}

export function setupTheme() {
  const root = document.documentElement;
  const stored = remembered();
  if ((stored === 'light' || stored === 'dark') && !root.dataset.theme) root.dataset.theme = stored;
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'switch';
  const label = () => {
    button.textContent = dark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Change to ${dark() ? 'light' : 'dark'} colours`);
  };
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    label();
  });
  label();
  document.querySelector('header').append(button);
}
