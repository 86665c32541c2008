// Imports each name, so that a bundler may leave out what is not used.
import {
  ApiError,
  CustomerFilter,
  CustomersApi,
  NotFoundError,
  ready,
  ValidationError,
  validateNewCustomer,
} from "collins-customers";
import { options } from "../options.mjs";
import { scenario } from "../scenario.mjs";

const names = { ApiError, CustomerFilter, CustomersApi, NotFoundError };
ready
  .then(() => scenario({ ...names, ValidationError, validateNewCustomer }, options))
  .then(JSON.stringify, (error) => `${error}\n${error.stack}`)
  .then((text) => {
    document.querySelector("#outcome").textContent = text;
  });
