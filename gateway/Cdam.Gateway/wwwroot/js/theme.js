/** Light or dark: as the system is, until somebody presses the button. */

const remembered = 'cdam-theme';

export function setUpTheme(button) {
  apply(localStorage.getItem(remembered));
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    localStorage.setItem(remembered, theme);
    apply(theme);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => name());

  function apply(theme) {
    document.documentElement.style.colorScheme = theme ?? '';
    name();
  }

  function isDark() {
    const theme = document.documentElement.style.colorScheme;
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function name() {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  }
}
