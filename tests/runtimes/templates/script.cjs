const collins = require("collins-customers");
const { options } = require("./options.cjs");
const { scenario } = require("./scenario.cjs");

scenario(collins, options).then((result) => console.log(JSON.stringify(result)));
