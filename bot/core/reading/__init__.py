"""What a text holds, and where: the words of concepts, its language, sentences, days and amounts."""
