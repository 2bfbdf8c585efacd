"""Payment titles and regimes as dated, sourced data, and packages that override them."""
