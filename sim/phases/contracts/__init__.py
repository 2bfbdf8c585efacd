"""Areas, conditions, fees, sites and the hours that contracts take."""
