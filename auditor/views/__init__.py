"""Parts of a report that a person asks for by themselves: the plan, and the letter to support."""
