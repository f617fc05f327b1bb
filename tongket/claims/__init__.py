"""Reading figures, references and names in Vietnamese text, and checking their arithmetic. Knows no database."""
