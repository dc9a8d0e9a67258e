"""The engine that keeps lecture notes true: collect, plan, run, freeze, draw, pages."""
