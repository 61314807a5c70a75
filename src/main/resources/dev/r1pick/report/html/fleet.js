"use strict";
const fleetOf = () => () => "";
