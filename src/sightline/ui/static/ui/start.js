// Starts the design system's own scripts: the menu, the error summary, the show-password button.
import { initAll } from "../govuk-frontend.min.js";

initAll();
