/** The functions that Google may call. The build fails when the bundle's global functions are not exactly these. */
export const ENTRY_POINTS = [
  'onOpen',
  'onInstall',
  'onEdit',
  'showSidebar',
  'setUp',
  'runMonthEnd',
  'updateDrafts',
  'onMonthStart',
  'onContinue',
  'onQuickBooksConnected',
  'call',
];

/** What the build makes for clasp to push. */
export const DIST_FILES = ['dist/main.js', 'dist/sidebar.html', 'dist/appsscript.json'];
