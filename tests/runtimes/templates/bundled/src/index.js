import "./readme.js";
import "./scenario.js";
