"""The API: other systems ask the same questions as the pages, through the same gate and log, and name the person behind them."""
