// Where the page lies: in a folder of this name beside the code that serves it (functions/http/dashboard.ts).
export const DASHBOARD_FOLDER = 'dashboard';
